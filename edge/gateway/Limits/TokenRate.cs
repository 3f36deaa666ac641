namespace Switchboard.Gateway.Limits;

/// <summary>So many tokens in a span of time on average, and so many at once after a silence.</summary>
/// <param name="Tokens">Tokens that come back in one <paramref name="Period"/>; 0 for any number.</param>
/// <param name="Burst">The most that can be saved up.</param>
/// <param name="Period">In milliseconds.</param>
internal readonly record struct TokenRate(long Tokens, long Burst, long Period = 1000)
{
    private const long Nanoseconds = 1_000_000;

    public bool IsUnlimited => Tokens == 0;

    /// <summary>The time in which so many tokens come back, in nanoseconds.</summary>
    public long Time(long tokens) => (long)((Int128)tokens * Period * Nanoseconds / Tokens);
}
