namespace Switchboard.Core.Backplane;

/// <summary>What became of a request that was handed to the edge which holds its connection.</summary>
public enum ReceiveStatus : byte
{
    /// <summary>The connection has no session there that takes requests: it is detached, or on a socket.</summary>
    NoSession,

    /// <summary>Its commands are being carried out; their answers come where the session's events go.</summary>
    Taken,

    /// <summary>It was taken before, and is not carried out again.</summary>
    Repeated,

    /// <summary>One before it has not come yet; nothing was taken.</summary>
    OutOfOrder,

    /// <summary>Too many commands wait already; nothing was taken.</summary>
    Busy,
}
