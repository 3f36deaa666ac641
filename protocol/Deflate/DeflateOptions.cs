namespace Switchboard.Protocol.Deflate;

/// <summary>What an end agrees to of permessage-deflate (RFC 7692).</summary>
public sealed class DeflateOptions
{
    /// <summary>
    /// The smallest window that zlib compresses with, in bits. The RFC allows 8 (§7.1.2); zlib does not.
    /// </summary>
    public const int MinWindowBits = 9;

    /// <summary>The largest window, in bits: 32 KiB.</summary>
    public const int MaxWindowBits = 15;

    /// <summary>Whether to compress at all; by default so.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Whether the server may keep its window between messages: smaller messages, for a compressor held per connection.
    /// By default not, and then a broadcast is compressed once for all.
    /// </summary>
    public bool AllowServerContextTakeover { get; set; }

    /// <summary>
    /// Whether the client may keep its window between messages, which costs us one too. By default not.
    /// </summary>
    public bool AllowClientContextTakeover { get; set; }

    /// <summary>The largest window the server compresses with, 9 to 15 bits, by default 15.</summary>
    public int MaxServerWindowBits { get; set; } = MaxWindowBits;

    /// <summary>
    /// The largest window the client is asked to compress with, 9 to 15 bits, by default 15. A client that does not
    /// offer <c>client_max_window_bits</c> cannot be asked (RFC 7692 §7.1.2.2), and uses 15.
    /// </summary>
    public int MaxClientWindowBits { get; set; } = MaxWindowBits;

    /// <summary>Messages below this size, in bytes before compression, are sent as they are; by default 256.</summary>
    public int MinimumMessageSize { get; set; } = 256;

    /// <summary>Says what is wrong with these options, or null where they are valid.</summary>
    public string? Validate() => this switch
    {
        { MaxServerWindowBits: < MinWindowBits or > MaxWindowBits } =>
            $"{nameof(MaxServerWindowBits)} must lie between 9 and 15",
        { MaxClientWindowBits: < MinWindowBits or > MaxWindowBits } =>
            $"{nameof(MaxClientWindowBits)} must lie between 9 and 15",
        { MinimumMessageSize: < 0 } => $"{nameof(MinimumMessageSize)} must not be negative",
        _ => null,
    };
}
