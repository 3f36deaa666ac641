using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Switchboard.Protocol.Tests.Handshake;

/// <summary>The grammar of a request head as one regular expression, to hold the parser against.</summary>
internal static partial class HeadOracle
{
    private const string TokenChar = @"[!#$%&'*+\-.^_`|~0-9A-Za-z]";
    private const string PathChar = @"[!$&'()*+,\-./:;=@0-9A-Za-z\[\]^_`{|}~]|%[0-9A-Fa-f]{2}";
    private const string Path = $"/(?:{PathChar})*";
    private const string QueryChar = @"[!$%&'()*+,\-./:;=@0-9A-Za-z\[\]^_`{|}~?\\]";

    /// <summary>The length of the valid head that the text begins with, or null.</summary>
    public static int? AcceptedLength(string text)
    {
        Match match = Head().Match(text);
        if (!match.Success || !IsUtf8(match.Groups["path"].Value))
        {
            return null;
        }

        if (match.Groups["authority"] is { Success: true } authority && !IsHost(authority.Value))
        {
            return null;
        }

        List<(string Name, string Value)> headers =
        [
            .. match.Groups["name"].Captures.Zip(
                match.Groups["value"].Captures,
                (name, value) => (name.Value.ToUpperInvariant(), value.Value.Trim(' ', '\t'))),
        ];
        List<string> hosts = [.. headers.Where(h => h.Name == "HOST").Select(h => h.Value)];
        bool hasBody = match.Groups["method"].Value == "GET"
            && (headers.Any(h => h.Name == "TRANSFER-ENCODING")
                || headers.Where(h => h.Name == "CONTENT-LENGTH").Select(h => h.Value).ToList() is not ([] or ["0"]));
        return hosts.Count == 1 && IsHost(hosts[0]) && !hasBody ? match.Length : null;
    }

    /// <summary>Whether the text is a host with or without a port.</summary>
    public static bool IsHost(string text)
    {
        Match match = Host().Match(text);
        return match.Success
            && text.Length < 250
            && (match.Groups["port"].Value is "" || int.Parse(match.Groups["port"].Value, null) <= 65535)
            && (!match.Groups["v6"].Success
                || (IPAddress.TryParse(match.Groups["v6"].Value, out IPAddress? ip)
                    && ip.AddressFamily == AddressFamily.InterNetworkV6));
    }

    [GeneratedRegex(
        $@"\A(?<method>{TokenChar}+) " +
        $@"(?:(?i:https?|wss?)://(?<authority>[^/? \r\n]*)(?<path>{Path})?|(?<path>{Path}))" +
        $@"(?:\?{QueryChar}*)? HTTP/1\.1\r\n(?:(?<name>{TokenChar}+):(?<value>[\t\x20-\x7E\x80-\xFF]*)\r\n)*\r\n")]
    private static partial Regex Head();

    [GeneratedRegex(
        @"\A(?:[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.?|\[(?<v6>[0-9A-Fa-f:.]+)\])" +
        @"(?::(?<port>0*[0-9]{0,5}))?\z")]
    private static partial Regex Host();

    private static bool IsUtf8(string path)
    {
        try
        {
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(
                WebUtility.UrlDecodeToBytes(Encoding.ASCII.GetBytes(path), 0, path.Length));
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
