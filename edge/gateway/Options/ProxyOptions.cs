using System.Net;
using Switchboard.Gateway.Proxies;

namespace Switchboard.Gateway;

/// <summary>Which proxies are believed when they say whose request they pass on.</summary>
public sealed class ProxyOptions
{
    /// <summary>Addresses and networks of proxies, "10.0.0.5" or "10.0.0.0/8". Empty: forwarded headers count for nothing.</summary>
    public IList<string> Trusted { get; set; } = [];

    /// <summary>The header in which they name the client: "X-Forwarded-For" or "Forwarded".</summary>
    public string Header { get; set; } = ClientAddresses.ForwardedFor;

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate()
    {
        foreach (string entry in Trusted)
        {
            if (!TryParse(entry, out _))
            {
                yield return $"{nameof(Trusted)} must be addresses or networks like 10.0.0.0/8, but one is '{entry}'";
            }
        }

        if (Header is not (ClientAddresses.ForwardedFor or ClientAddresses.Forwarded))
        {
            yield return $"{nameof(Header)} must be {ClientAddresses.ForwardedFor} or {ClientAddresses.Forwarded}, but is '{Header}'";
        }
    }

    /// <summary>Reads an address or a network; an address is a network of one.</summary>
    internal static bool TryParse(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out IPAddress? address))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return IPNetwork.TryParse(text, out network);
    }
}
