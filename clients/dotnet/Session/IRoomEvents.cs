namespace Switchboard.Client.Session;

/// <summary>What a room tells the program of.</summary>
internal interface IRoomEvents
{
    /// <summary>Whether anybody listens to messages.</summary>
    bool WantsMessages { get; }

    void OnMessage(RoomMessage message);

    void OnJoined(Joined joined);

    void OnLeft(string? reason);

    void OnLost(Loss loss);

    void OnPresence(PresenceChange change);
}
