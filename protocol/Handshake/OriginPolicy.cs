namespace Switchboard.Protocol.Handshake;

/// <summary>
/// Which pages may connect (RFC 6455 §10.2). Browsers let any page open a WebSocket to any server, with the user's
/// cookies, and leave the check of <c>Origin</c> to the server.
/// </summary>
public sealed class OriginPolicy
{
    private const string Wildcard = "*";

    private readonly List<OriginPattern> _patterns = [];
    private readonly bool _allowsNull;

    /// <summary>
    /// Allows the listed origins: <c>https://example.com</c>, <c>https://example.com:8443</c>,
    /// <c>https://*.example.com</c> (any host below it, not itself), <c>null</c>, or <c>*</c> for every origin but
    /// <c>null</c>, which is for development. Scheme and host count in any case; a missing port is the scheme's
    /// default.
    /// </summary>
    /// <param name="origins">The allowed origins; where there are none, no page may connect.</param>
    /// <param name="allowMissing">Whether a client without <c>Origin</c>, which is no browser, may connect.</param>
    /// <exception cref="ArgumentException">An entry is none of these.</exception>
    public OriginPolicy(IEnumerable<string> origins, bool allowMissing = true)
    {
        ArgumentNullException.ThrowIfNull(origins);
        AllowsMissing = allowMissing;
        foreach (string entry in origins)
        {
            switch (entry)
            {
                case Wildcard:
                    AllowsAny = true;
                    break;
                case Origin.Null:
                    _allowsNull = true;
                    break;
                default:
                    _patterns.Add(Parse(entry));
                    break;
            }
        }
    }

    /// <summary>Whether every origin but <c>null</c> is allowed. Outside development that is worth a warning.</summary>
    public bool AllowsAny { get; }

    /// <summary>Whether a request without <c>Origin</c> is allowed.</summary>
    public bool AllowsMissing { get; }

    /// <summary>Whether a request with this <c>Origin</c> is allowed; null stands for a request without one.</summary>
    public bool Allows(string? origin)
    {
        if (origin is null)
        {
            return AllowsMissing;
        }

        if (origin == Origin.Null)
        {
            return _allowsNull;
        }

        if (!Origin.TrySplit(origin, out string scheme, out ReadOnlySpan<char> text)
            || !Authority.TryParse(text, out Authority authority))
        {
            return false;
        }

        int? port = Origin.EffectivePort(scheme, authority.Port);
        return AllowsAny
            || _patterns.Exists(p => p.Scheme == scheme && p.Port == port && p.Host.MatchesHost(authority.Host));
    }

    private static OriginPattern Parse(string entry)
    {
        if (!Origin.TrySplit(entry, out string scheme, out ReadOnlySpan<char> authority)
            || !HostPattern.TryParse(authority, out HostPattern? host))
        {
            throw new ArgumentException($"'{entry}' is no origin: scheme://host[:port] or scheme://*.host[:port].");
        }

        return new OriginPattern(scheme, host.Value, Origin.EffectivePort(scheme, host.Value.Authority.Port));
    }
}
