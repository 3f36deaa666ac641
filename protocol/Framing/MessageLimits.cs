namespace Switchboard.Protocol.Framing;

/// <summary>What a peer may send. One instance serves many connections.</summary>
public sealed record MessageLimits
{
    /// <summary>The largest message in bytes, after decompression: 1 to 1 GiB. Above it, 1009.</summary>
    public int MaxMessageBytes { get; init; } = 64 * 1024;

    /// <summary>The largest frame in bytes, as it is on the wire: 125 to 2^62. Above it, 1009.</summary>
    public long MaxFrameBytes { get; init; } = 1L << 62;

    /// <summary>
    /// The most frames that a message may consist of, from 1; <see cref="int.MaxValue"/> for any. Above it, 1008.
    /// </summary>
    public int MaxFragments { get; init; } = 1024;

    /// <exception cref="ArgumentOutOfRangeException">A limit is out of its bounds.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxMessageBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxMessageBytes, 1 << 30);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxFrameBytes, 125);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxFrameBytes, 1L << 62);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxFragments, 1);
    }
}
