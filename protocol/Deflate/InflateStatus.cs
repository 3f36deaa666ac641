namespace Switchboard.Protocol.Deflate;

/// <summary>How the decompression of a message stands.</summary>
public enum InflateStatus
{
    /// <summary>Good so far; and where this was the final piece, the message is whole.</summary>
    Ok,

    /// <summary>The message is larger than the limit: close code 1009 (RFC 6455 §7.4.1).</summary>
    TooLarge,

    /// <summary>The message is not DEFLATE: close code 1007 (RFC 6455 §7.4.1), or fail the connection.</summary>
    Corrupt,
}
