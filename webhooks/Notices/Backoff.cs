using System.Buffers.Binary;
using Switchboard.Core.Identifiers;

namespace Switchboard.Webhooks.Notices;

/// <summary>How long to wait before the next attempt.</summary>
internal static class Backoff
{
    /// <summary>Half to all of the first pause, doubled for each attempt that has failed since, up to the longest one.</summary>
    /// <param name="options">The pauses.</param>
    /// <param name="failed">How many attempts have failed, 1 at least.</param>
    /// <param name="random">Spreads senders that failed at once.</param>
    public static TimeSpan After(RetryOptions options, int failed, IRandomSource random)
    {
        double pause = Math.Min(options.Longest.Ticks, options.First.Ticks * Math.Pow(2, failed - 1));
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        random.Fill(bytes);
        double part = BinaryPrimitives.ReadUInt32LittleEndian(bytes) / (double)uint.MaxValue;
        return TimeSpan.FromTicks((long)(pause * (1 + part) / 2));
    }
}
