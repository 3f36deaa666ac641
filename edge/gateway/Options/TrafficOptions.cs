namespace Switchboard.Gateway;

/// <summary>How much may be sent in all, on average and at once after a silence. 0 for any.</summary>
public class TrafficOptions
{
    /// <summary>Messages a second, on average; 0 for any.</summary>
    public int MessagesPerSecond { get; set; }

    /// <summary>Messages at once after a silence.</summary>
    public int MessageBurst { get; set; } = 1_000;

    /// <summary>Bytes of messages a second, decompressed, on average; 0 for any.</summary>
    public long BytesPerSecond { get; set; }

    /// <summary>Bytes at once after a silence. A larger message takes all of them.</summary>
    public long ByteBurst { get; set; } = 16 * 1024 * 1024;

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public virtual IEnumerable<string> Validate() =>
        Range.Check(nameof(MessagesPerSecond), MessagesPerSecond, 0, 10_000_000)
            .Concat(Range.Check(nameof(MessageBurst), MessageBurst, 1, 10_000_000))
            .Concat(Range.Check(nameof(BytesPerSecond), BytesPerSecond, 0, 1L << 32))
            .Concat(Range.Check(nameof(ByteBurst), ByteBurst, 1024, 1L << 32));
}
