using System.Diagnostics.CodeAnalysis;

namespace Switchboard.Protocol.Handshake;

/// <summary>A host of an allow-list: an exact one, or with <c>*.</c> before it any that lies below it.</summary>
internal readonly record struct HostPattern(Authority Authority, bool Subdomains)
{
    private const string Wildcard = "*.";

    /// <summary>Reads <c>host[:port]</c> or <c>*.host[:port]</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out HostPattern? pattern)
    {
        bool subdomains = text.StartsWith(Wildcard);
        bool valid = Authority.TryParse(subdomains ? text[Wildcard.Length..] : text, out Authority authority)
            && !(subdomains && authority.Host.StartsWith('['));
        pattern = valid ? new HostPattern(authority, subdomains) : null;
        return valid;
    }

    /// <summary>
    /// Whether a host, in lower case, falls under the pattern. A subdomain may have any number of labels.
    /// </summary>
    public bool MatchesHost(string host)
    {
        string own = Authority.Host;
        if (!Subdomains)
        {
            return host == own;
        }

        int dot = host.Length - own.Length - 1;
        return dot > 0 && host[dot] == '.' && host.EndsWith(own, StringComparison.Ordinal);
    }
}
