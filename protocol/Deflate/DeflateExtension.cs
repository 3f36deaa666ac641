using System.Text;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Deflate;

/// <summary>
/// One permessage-deflate element of <c>Sec-WebSocket-Extensions</c>, as offers and answers spell it (RFC 7692 §7.1).
/// </summary>
internal readonly record struct DeflateExtension
{
    /// <summary>The registered name of the extension.</summary>
    public const string Name = "permessage-deflate";

    private const string ServerNoContextTakeoverName = "server_no_context_takeover";
    private const string ClientNoContextTakeoverName = "client_no_context_takeover";
    private const string ServerMaxWindowBitsName = "server_max_window_bits";
    private const string ClientMaxWindowBitsName = "client_max_window_bits";

    /// <summary>Whether the server is to begin each message with an empty window (§7.1.1.1).</summary>
    public bool ServerNoContextTakeover { get; init; }

    /// <summary>Whether the client is to begin each message with an empty window (§7.1.1.2).</summary>
    public bool ClientNoContextTakeover { get; init; }

    /// <summary>The server's window, 8 to 15 bits; null where it is not named (§7.1.2.1).</summary>
    public int? ServerMaxWindowBits { get; init; }

    /// <summary>Whether the client's window is named, with or without a value (§7.1.2.2).</summary>
    public bool HasClientMaxWindowBits { get; init; }

    /// <summary>The client's window, 8 to 15 bits; null where no value is given.</summary>
    public int? ClientMaxWindowBits { get; init; }

    /// <summary>
    /// Reads the parameters of an element of this name. False where one is unknown, given twice, or has an invalid
    /// value (§7.1: such an offer must be declined, and an answer fails the connection).
    /// </summary>
    public static bool TryParse(Extension extension, out DeflateExtension parsed)
    {
        parsed = default;
        for (int i = 0; i < extension.Parameters.Count; i++)
        {
            (string name, string? value) = extension.Parameters[i];
            int bits = 0;
            bool hasBits = value is not null && TryParseBits(value, out bits);
            DeflateExtension? next = name switch
            {
                ServerNoContextTakeoverName when value is null => parsed with { ServerNoContextTakeover = true },
                ClientNoContextTakeoverName when value is null => parsed with { ClientNoContextTakeover = true },
                ServerMaxWindowBitsName when hasBits => parsed with { ServerMaxWindowBits = bits },
                ClientMaxWindowBitsName when hasBits =>
                    parsed with { HasClientMaxWindowBits = true, ClientMaxWindowBits = bits },
                ClientMaxWindowBitsName when value is null => parsed with { HasClientMaxWindowBits = true },
                _ => null,
            };

            if (next is null || extension.Parameters.Take(i).Any(earlier => earlier.Name == name))
            {
                return false;
            }

            parsed = next.Value;
        }

        return true;
    }

    /// <summary>The header value that says this.</summary>
    public override string ToString()
    {
        StringBuilder text = new(Name);
        text.Append(ServerNoContextTakeover ? $"; {ServerNoContextTakeoverName}" : "");
        text.Append(ClientNoContextTakeover ? $"; {ClientNoContextTakeoverName}" : "");
        text.Append(ServerMaxWindowBits is int server ? $"; {ServerMaxWindowBitsName}={server}" : "");
        text.Append(HasClientMaxWindowBits ? $"; {ClientMaxWindowBitsName}" : "");
        text.Append(ClientMaxWindowBits is int client ? $"={client}" : "");
        return text.ToString();
    }

    // §7.1.2: a decimal integer from 8 to 15 without leading zeros.
    private static bool TryParseBits(string value, out int bits)
    {
        bits = value switch
        {
            ['8' or '9'] => value[0] - '0',
            ['1', >= '0' and <= '5'] => 10 + value[1] - '0',
            _ => 0,
        };
        return bits != 0;
    }
}
