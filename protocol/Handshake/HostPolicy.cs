namespace Switchboard.Protocol.Handshake;

/// <summary>
/// Which hosts may be asked for. A list stops DNS rebinding: a hostile page that has its own name resolve to this
/// server still sends its own name in <c>Host</c>.
/// </summary>
public sealed class HostPolicy
{
    private readonly HostPattern[] _patterns;

    /// <summary>
    /// Allows the listed hosts: <c>example.com</c>, <c>*.example.com</c> (any host below it, not itself),
    /// <c>[::1]</c>, each on any port, or with <c>:port</c> on that one only. An empty list allows every host.
    /// </summary>
    /// <exception cref="ArgumentException">An entry is none of these.</exception>
    public HostPolicy(IEnumerable<string> hosts)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        _patterns = [.. hosts.Select(Parse)];
    }

    /// <summary>Allows every host.</summary>
    public static HostPolicy Any { get; } = new([]);

    /// <summary>Whether a request for this host is allowed.</summary>
    public bool Allows(Authority host) =>
        _patterns.Length == 0 || Array.Exists(_patterns, pattern => Matches(pattern, host));

    private static bool Matches(HostPattern pattern, Authority host) =>
        pattern.MatchesHost(host.Host) && (pattern.Authority.Port is null || pattern.Authority.Port == host.Port);

    private static HostPattern Parse(string entry) =>
        HostPattern.TryParse(entry, out HostPattern? pattern)
            ? pattern.Value
            : throw new ArgumentException($"'{entry}' is no host, *.host or host:port.");
}
