namespace Switchboard.Client.Frameworks;

/// <summary>Limits by a clock that may be a test's.</summary>
internal static class TimeLimits
{
    /// <summary>A source that is canceled in so long, unless it is disposed of before.</summary>
    public static CancellationTokenSource CreateLimit(this TimeProvider time, TimeSpan limit) => new(limit, time);
}
