namespace Switchboard.Protocol.Handshake;

/// <summary>What the first bytes of a connection say.</summary>
public enum PeekStatus
{
    /// <summary>Too few bytes to tell.</summary>
    NeedMore,

    /// <summary>No WebSocket request can begin like this: another method, HTTP/2, TLS, or a malformed line.</summary>
    PassOn,

    /// <summary>A GET, and its path is known.</summary>
    Path,
}
