namespace Switchboard.Client.Session;

/// <summary>What a client tells the program of.</summary>
internal interface IClientEvents
{
    void OnMessage(DirectMessage message);

    void OnLost(DirectLoss loss);

    /// <summary>A server has made the connection join a room.</summary>
    void OnRoomGiven(RoomSession room);
}
