using System.Net;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Gateway.Proxies;

/// <summary>
/// Whose request it is: the peer's own address, or, where the peer is a trusted proxy, the address that it names. Of a
/// chain the right-most address counts that is no trusted proxy's: what stands left of it, the client can have made up.
/// </summary>
internal sealed class ClientAddresses(ProxyOptions options)
{
    public const string ForwardedFor = "X-Forwarded-For";
    public const string Forwarded = "Forwarded";

    private readonly IPNetwork[] _trusted =
        [.. options.Trusted.Select(static entry => ProxyOptions.TryParse(entry, out IPNetwork network) ? network : default)];

    private readonly bool _isForwarded = options.Header == Forwarded;

    /// <summary>Whether a peer is one of the trusted proxies.</summary>
    public bool IsTrusted(IPAddress? peer)
    {
        if (peer is null || _trusted.Length == 0)
        {
            return false;
        }

        IPAddress plain = Plain(peer);
        foreach (IPNetwork network in _trusted)
        {
            if (network.BaseAddress.AddressFamily == plain.AddressFamily && network.Contains(plain))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The client's address; null where the peer has none.</summary>
    public IPAddress? Find(IPAddress? peer, RequestHead head) =>
        IsTrusted(peer) ? Find(peer!, head.Header(options.Header)) : peer;

    /// <summary>The client's address, by the header's value that a trusted proxy has sent.</summary>
    public IPAddress Find(IPAddress proxy, string? header)
    {
        IPAddress nearest = proxy;
        ReadOnlySpan<char> rest = header;
        while (!rest.IsEmpty)
        {
            // No address holds a comma, so quotes need no care; and a quote that a client left open reaches no further.
            int comma = rest.LastIndexOf(',');
            if (!TryRead(rest[(comma + 1)..].Trim(), out IPAddress? address))
            {
                return nearest;
            }

            nearest = address;
            if (!IsTrusted(address))
            {
                return nearest;
            }

            rest = comma < 0 ? default : rest[..comma];
        }

        return nearest;
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private bool TryRead(ReadOnlySpan<char> element, out IPAddress address)
    {
        if (_isForwarded)
        {
            element = ForOf(element);
        }

        // RFC 7239 §6: an IPv6 address stands in brackets, and a port may follow; a nginx names neither.
        if (element.StartsWith("[") && element.IndexOf(']') is > 0 and int end)
        {
            element = element[1..end];
        }
        else if (element.Count(':') == 1)
        {
            element = element[..element.IndexOf(':')];
        }

        bool found = IPAddress.TryParse(element, out IPAddress? parsed);
        address = found ? Plain(parsed!) : IPAddress.None;
        return found;
    }

    // RFC 7239 §4: pairs with semicolons between them, of which one is called "for", in any case.
    private static ReadOnlySpan<char> ForOf(ReadOnlySpan<char> element)
    {
        foreach (System.Range range in element.Split(';'))
        {
            ReadOnlySpan<char> pair = element[range].Trim();
            if (pair.StartsWith("for=", StringComparison.OrdinalIgnoreCase))
            {
                return pair[4..].Trim('"');
            }
        }

        return default;
    }
}
