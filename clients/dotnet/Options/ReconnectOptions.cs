namespace Switchboard.Client;

/// <summary>When a broken connection is tried again: exponential back-off with full jitter.</summary>
public sealed record ReconnectOptions
{
    /// <summary>The longest wait before the first attempt; the wait is a random part of it.</summary>
    public TimeSpan InitialDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest wait before any attempt, unless the server asks for more.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>What the longest wait grows by with each attempt.</summary>
    public double Factor { get; init; } = 2;

    /// <summary>After so many attempts in a row the client gives up; null for never, 0 for no reconnect at all.</summary>
    public int? MaxAttempts { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(InitialDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxDelay, InitialDelay);
        ArgumentOutOfRangeException.ThrowIfLessThan(Factor, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxAttempts ?? 0, nameof(MaxAttempts));
    }
}
