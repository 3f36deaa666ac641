namespace Switchboard.Client.Session;

/// <summary>
/// What to do when a connection has ended, by docs/protocol.md, "Close codes" and "Reconnecting". Plain decisions: it knows
/// no clock.
/// </summary>
/// <param name="options">The back-off.</param>
/// <param name="random">Of the jitter.</param>
/// <param name="hasFreshTokens">Whether there is somebody to ask for another token.</param>
internal sealed class ReconnectPolicy(ReconnectOptions options, Random random, bool hasFreshTokens)
{
    /// <summary>A connection that lasted so long was a good one: the back-off begins anew.</summary>
    public static readonly TimeSpan Lasting = TimeSpan.FromSeconds(30);

    // What asks for more means never, and a timer takes less.
    private static readonly TimeSpan MostAsked = TimeSpan.FromDays(1);

    private int _attempts;
    private int _refusedTokens;

    /// <summary>A connection came to a welcome.</summary>
    public void OnWelcome() => _refusedTokens = 0;

    /// <summary>It has lasted.</summary>
    public void OnLasted() => _attempts = 0;

    public Decision Decide(LinkEnd end)
    {
        if (IsRefusedToken(end))
        {
            // The next one may be accepted; if it is not, no other will be.
            return hasFreshTokens && ++_refusedTokens < 2 ? Again(end, keepsConnection: true) : Decision.Stop;
        }

        return end.Status != 0 ? DecideOnStatus(end) : DecideOnCode(end);
    }

    private Decision DecideOnStatus(LinkEnd end) => end.Status switch
    {
        408 or 409 or 429 or >= 500 and not 505 => Again(end, keepsConnection: true),
        _ => Decision.Stop,
    };

    private Decision DecideOnCode(LinkEnd end) => end.Code switch
    {
        // The server has ended the connection without a reason.
        1000 => Again(end, keepsConnection: false),
        1002 or 1003 or 1007 or 1008 or 1009 => Decision.Stop,
        >= 4400 and <= 4499 => Again(end, keepsConnection: false),
        >= 4500 and <= 4999 => Decision.Stop,
        _ => Again(end, keepsConnection: true),
    };

    private Decision Again(LinkEnd end, bool keepsConnection)
    {
        if (_attempts >= options.MaxAttempts)
        {
            return Decision.Stop;
        }

        double longest = Math.Min(
            options.MaxDelay.Ticks, options.InitialDelay.Ticks * Math.Pow(options.Factor, Math.Min(_attempts, 64)));
        _attempts++;
        long asked = Math.Clamp(end.RetryAfter.Ticks, 0, MostAsked.Ticks);
        return new Decision(true, keepsConnection, TimeSpan.FromTicks(asked + (long)(longest * random.NextDouble())));
    }

    private static bool IsRefusedToken(LinkEnd end) => end.Code == 4503 || end.Status == 401;
}
