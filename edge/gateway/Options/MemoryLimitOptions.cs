namespace Switchboard.Gateway;

/// <summary>From which memory use on the edge takes no new connections: 503 with Retry-After.</summary>
public sealed class MemoryLimitOptions
{
    /// <summary>In bytes of resident memory; 0 for no such limit.</summary>
    public long MaxBytes { get; set; }

    /// <summary>In percent of what the machine, or the container, has; 0 for no such limit.</summary>
    public int MaxPercent { get; set; } = 85;

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate() =>
        Range.Check(nameof(MaxBytes), MaxBytes, 0, 1L << 50).Concat(Range.Check(nameof(MaxPercent), MaxPercent, 0, 100));
}
