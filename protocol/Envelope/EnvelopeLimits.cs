namespace Switchboard.Protocol.Envelope;

/// <summary>Bounds of the client protocol that no configuration changes.</summary>
public static class EnvelopeLimits
{
    /// <summary>The longest name of a room or user, in bytes of UTF-8.</summary>
    public const int NameBytes = 128;

    /// <summary>The longest connection id, in bytes of UTF-8.</summary>
    public const int ConnectionIdBytes = 64;

    /// <summary>The longest idempotency key, in bytes of UTF-8.</summary>
    public const int KeyBytes = 64;

    /// <summary>The longest slot name, in bytes of UTF-8.</summary>
    public const int SlotBytes = 64;

    /// <summary>The longest resume token, in bytes of UTF-8.</summary>
    public const int ResumeTokenBytes = 256;

    /// <summary>The longest token that proves who a client is or what it may do, in bytes of UTF-8.</summary>
    public const int TokenBytes = 8192;

    /// <summary>The most messages of a page of history.</summary>
    public const int HistoryPage = 100;

    /// <summary>How many messages a page of history holds unless told.</summary>
    public const int DefaultHistoryPage = 50;

    /// <summary>How deep the arrays and objects of a message may nest, its own object being the first.</summary>
    public const int MessageDepth = 64;

    /// <summary>
    /// How deep those of data and state may nest by themselves, so that every event that carries them to others
    /// stays within <see cref="MessageDepth"/>.
    /// </summary>
    public const int DataDepth = 56;

    /// <summary>The largest id or offset: what a double holds exactly, 2^53 - 1.</summary>
    public const long MaxInteger = (1L << 53) - 1;

    /// <summary>How much room a codec needs to unescape the strings of one command, in bytes.</summary>
    public const int ScratchBytes = 512;
}
