namespace Switchboard.Core.Connections;

/// <summary>How far a connection's membership of a room is.</summary>
internal enum JoinedRoomState : byte
{
    /// <summary>The room has been asked, but has not answered.</summary>
    Joining,

    /// <summary>A member.</summary>
    Joined,

    /// <summary>The room has been told, but has not answered.</summary>
    Leaving,
}
