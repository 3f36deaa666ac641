namespace Switchboard.Protocol.Envelope.Commands;

/// <summary>What a client asks for.</summary>
public enum CommandType : byte
{
    /// <summary>No command.</summary>
    None,

    /// <summary>To open or resume its connection.</summary>
    Connect,

    /// <summary>To become a member of a room.</summary>
    Join,

    /// <summary>To be one no more.</summary>
    Leave,

    /// <summary>To publish to a room.</summary>
    Publish,

    /// <summary>To send to a user or to a connection.</summary>
    Send,

    /// <summary>To read a page of a feed's history.</summary>
    History,

    /// <summary>To see who is in a room.</summary>
    Presence,

    /// <summary>To change its presence state in a room.</summary>
    State,

    /// <summary>To be answered.</summary>
    Ping,

    /// <summary>To have its token replaced by a fresh one.</summary>
    Refresh,
}
