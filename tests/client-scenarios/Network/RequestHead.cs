using System.Text;
using System.Text.RegularExpressions;

namespace Switchboard.ClientScenarios.Tests.Network;

/// <summary>The first request of an HTTP/1.1 connection (RFC 9112 §2.1).</summary>
internal static partial class RequestHead
{
    /// <summary>Whether the line that ends the head has come.</summary>
    public static bool IsComplete(ReadOnlySpan<byte> bytes) => bytes.IndexOf("\r\n\r\n"u8) >= 0;

    /// <summary>The same request, which asks for no upgrade.</summary>
    public static byte[] WithoutUpgrade(ReadOnlySpan<byte> bytes) =>
        Encoding.Latin1.GetBytes(Hop().Replace(Encoding.Latin1.GetString(bytes), string.Empty));

    // What a proxy that does not know WebSocket keeps to itself (RFC 9110 §7.6.1).
    [GeneratedRegex(@"^(Upgrade:[^\r]*|Connection:\s*Upgrade)\r\n", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Hop();
}
