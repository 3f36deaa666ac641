namespace Switchboard.Gateway;

/// <summary>What all connections of one user together may do on this edge.</summary>
public sealed class UserLimitOptions : TrafficOptions
{
    /// <summary>The most sockets at one time; 0 for any. Above it, 429, or close code 1013 where the connect proves the user.</summary>
    public int MaxConnections { get; set; }

    /// <inheritdoc/>
    public override IEnumerable<string> Validate() =>
        base.Validate().Concat(Range.Check(nameof(MaxConnections), MaxConnections, 0, 10_000_000));
}
