namespace Switchboard.Core.Feeds;

/// <summary>How much of a feed is kept, and for how long.</summary>
public sealed class FeedOptions
{
    /// <summary>The longest <see cref="MaxAge"/> and <see cref="IdempotencyWindow"/>.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>The most entries in the history, 0 (no history) to 1,000,000.</summary>
    public int MaxCount { get; set; } = 1_000;

    /// <summary>The most payload bytes in the history, from 0.</summary>
    public long MaxBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>How long an entry stays in the history, 1 millisecond to 7 days.</summary>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an idempotency key is remembered, up to 7 days; zero refuses publications with a key.</summary>
    public TimeSpan IdempotencyWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The most idempotency keys that are remembered, 1 to 1,000,000; beyond that the oldest is forgotten.</summary>
    public int MaxKeys { get; set; } = 10_000;

    /// <summary>The most slots with an entry in the history, 1 to 1,000,000; beyond that the oldest one's is dropped.</summary>
    public int MaxSlots { get; set; } = 1_000;

    /// <summary>The most entries that one recovery hands out, from 0; null for all that is kept.</summary>
    public int? RecoveryLimit { get; set; }

    /// <summary>The most payload bytes that one recovery hands out, from 0; null for all that is kept.</summary>
    public long? RecoveryLimitBytes { get; set; }

    /// <summary>How the feed's entries wait for the edges that receive it.</summary>
    public OutboxOptions Outbox { get; set; } = new();

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate()
    {
        if (MaxCount is < 0 or > 1_000_000)
        {
            yield return $"{nameof(MaxCount)} must be 0 to 1000000, but is {MaxCount}";
        }

        if (MaxBytes < 0)
        {
            yield return $"{nameof(MaxBytes)} must be at least 0, but is {MaxBytes}";
        }

        if (MaxAge < TimeSpan.FromMilliseconds(1) || MaxAge > Longest)
        {
            yield return $"{nameof(MaxAge)} must be 00:00:00.001 to {Longest}, but is {MaxAge}";
        }

        if (IdempotencyWindow < TimeSpan.Zero || IdempotencyWindow > Longest)
        {
            yield return $"{nameof(IdempotencyWindow)} must be 00:00:00 to {Longest}, but is {IdempotencyWindow}";
        }

        if (MaxKeys is < 1 or > 1_000_000)
        {
            yield return $"{nameof(MaxKeys)} must be 1 to 1000000, but is {MaxKeys}";
        }

        if (MaxSlots is < 1 or > 1_000_000)
        {
            yield return $"{nameof(MaxSlots)} must be 1 to 1000000, but is {MaxSlots}";
        }

        if (RecoveryLimit < 0)
        {
            yield return $"{nameof(RecoveryLimit)} must be at least 0, but is {RecoveryLimit}";
        }

        if (RecoveryLimitBytes < 0)
        {
            yield return $"{nameof(RecoveryLimitBytes)} must be at least 0, but is {RecoveryLimitBytes}";
        }

        foreach (string problem in Outbox.Validate())
        {
            yield return $"{nameof(Outbox)}.{problem}";
        }
    }
}
