namespace Switchboard.Gateway;

/// <summary>
/// What all clients of one address together may do on this edge. An IPv6 address stands for its /64. Of a client behind a
/// trusted proxy the address is the one that the proxy names.
/// </summary>
public sealed class AddressLimitOptions : TrafficOptions
{
    /// <summary>Whether loopback addresses are limited too: programs on this machine, or clients of a proxy that is not trusted.</summary>
    public bool Loopback { get; set; }

    /// <summary>The most sockets at one time; 0 for any. Above it, 429.</summary>
    public int MaxConnections { get; set; } = 2_000;

    /// <summary>
    /// The most sockets at one time that have not said yet what they want; 0 for any. Above it, 429. Not for trusted proxies.
    /// </summary>
    public int MaxSilent { get; set; } = 500;

    /// <summary>The most handshakes under way at one time; 0 for any. Above it, 429. Not for trusted proxies.</summary>
    public int MaxHandshakes { get; set; } = 100;

    /// <summary>Handshakes a second, on average; 0 for any. Above it, 429.</summary>
    public int HandshakesPerSecond { get; set; } = 50;

    /// <summary>Handshakes at once after a silence.</summary>
    public int HandshakeBurst { get; set; } = 500;

    /// <summary>Requests of the HTTP fallbacks a second, on average; 0 for any. Above it, 429.</summary>
    public int RequestsPerSecond { get; set; } = 500;

    /// <summary>Such requests at once after a silence.</summary>
    public int RequestBurst { get; set; } = 2_000;

    /// <summary>Failed resumes a minute, on average; 0 for any. Above it, the error too_fast, and no token is looked at.</summary>
    public int FailedResumesPerMinute { get; set; } = 60;

    /// <summary>Failed resumes at once after a silence.</summary>
    public int FailedResumeBurst { get; set; } = 100;

    /// <inheritdoc/>
    public override IEnumerable<string> Validate() =>
        base.Validate()
            .Concat(Range.Check(nameof(MaxConnections), MaxConnections, 0, 10_000_000))
            .Concat(Range.Check(nameof(MaxSilent), MaxSilent, 0, 1_000_000))
            .Concat(Range.Check(nameof(MaxHandshakes), MaxHandshakes, 0, 1_000_000))
            .Concat(Range.Check(nameof(HandshakesPerSecond), HandshakesPerSecond, 0, 1_000_000))
            .Concat(Range.Check(nameof(HandshakeBurst), HandshakeBurst, 1, 1_000_000))
            .Concat(Range.Check(nameof(RequestsPerSecond), RequestsPerSecond, 0, 1_000_000))
            .Concat(Range.Check(nameof(RequestBurst), RequestBurst, 1, 1_000_000))
            .Concat(Range.Check(nameof(FailedResumesPerMinute), FailedResumesPerMinute, 0, 1_000_000))
            .Concat(Range.Check(nameof(FailedResumeBurst), FailedResumeBurst, 1, 1_000_000));
}
