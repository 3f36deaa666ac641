namespace Switchboard.Core.Connections;

/// <summary>What a room has to be told once a join is through, because the connection changed meanwhile.</summary>
public enum JoinFollowUp : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The socket is gone: detach from the room.</summary>
    Detach,

    /// <summary>The connection is gone or taken over by a socket that does not know of the room: leave it.</summary>
    Leave,
}
