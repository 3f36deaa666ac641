namespace Switchboard.Gateway;

/// <summary>How dead peers are found: a silent one is pinged, one that stays silent is closed with 4001.</summary>
public sealed class HeartbeatOptions
{
    /// <summary>After how long a silence the peer is pinged.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>How long it may stay silent after that.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often all connections are looked at: how exact every time-out of the gateway is.</summary>
    public TimeSpan Sweep { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate()
    {
        TimeSpan shortest = TimeSpan.FromMilliseconds(1);
        TimeSpan longest = TimeSpan.FromHours(1);
        return Range.Check(nameof(Interval), Interval, shortest, longest)
            .Concat(Range.Check(nameof(Timeout), Timeout, shortest, longest))
            .Concat(Range.Check(nameof(Sweep), Sweep, shortest, TimeSpan.FromMinutes(1)));
    }
}
