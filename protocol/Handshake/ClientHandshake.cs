using System.Buffers;
using Switchboard.Protocol.Deflate;

namespace Switchboard.Protocol.Handshake;

/// <summary>The client's side of one opening handshake (RFC 6455 §4.1).</summary>
public sealed class ClientHandshake
{
    private readonly ClientHandshakeOptions _options;
    private readonly string _key;
    private readonly DeflateExtension? _offer;
    private HeadScanner _scanner = HeadScanner.ForResponse();

    /// <summary>Prepares a handshake.</summary>
    /// <param name="options">What to ask for.</param>
    /// <param name="nonce">16 random bytes, fresh for each connection.</param>
    /// <exception cref="ArgumentException">The options are invalid, or the nonce is not of 16 bytes.</exception>
    public ClientHandshake(ClientHandshakeOptions options, ReadOnlySpan<byte> nonce)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { } error)
        {
            throw new ArgumentException(error, nameof(options));
        }

        if (nonce.Length != HandshakeKey.NonceBytes)
        {
            throw new ArgumentException($"A nonce has {HandshakeKey.NonceBytes} bytes.", nameof(nonce));
        }

        _options = options;
        _key = Convert.ToBase64String(nonce);
        _offer = options.Deflate.Enabled
            ? DeflateClientNegotiator.Offer(options.Deflate, options.MinClientWindowBits)
            : null;
    }

    /// <summary>Writes the request.</summary>
    public void WriteRequest(IBufferWriter<byte> output)
    {
        output.WriteText($"GET {_options.Target} HTTP/1.1\r\n");
        output.WriteHeader(HeaderNames.Host, _options.Host);
        output.WriteHeader(HeaderNames.Upgrade, "websocket");
        output.WriteHeader(HeaderNames.Connection, "Upgrade");
        output.WriteHeader(HeaderNames.SecWebSocketKey, _key);
        output.WriteHeader(HeaderNames.SecWebSocketVersion, "13");
        if (_options.Subprotocols.Count > 0)
        {
            output.WriteHeader(HeaderNames.SecWebSocketProtocol, string.Join(", ", _options.Subprotocols));
        }

        if (_offer is { } offer)
        {
            output.WriteHeader(HeaderNames.SecWebSocketExtensions, offer.ToString());
        }

        if (_options.Origin is not null)
        {
            output.WriteHeader(HeaderNames.Origin, _options.Origin);
        }

        foreach ((string name, string value) in _options.Headers)
        {
            output.WriteHeader(name, value);
        }

        output.Write("\r\n"u8);
    }

    /// <summary>
    /// Reads the answer out of a buffer that begins with its first byte, each time, and holds at least what it held the
    /// last time. What follows the head in the buffer are frames.
    /// </summary>
    public ClientHandshakeResult ReadResponse(in ReadOnlySequence<byte> buffer)
    {
        switch (_scanner.Scan(buffer, _options.Limits))
        {
            case HeadScanStatus.NeedMore:
                return ClientHandshakeResult.NeedMore;
            case HeadScanStatus.Done:
                ResponseHead? head = ResponseHead.Parse(
                    buffer.Slice(0, _scanner.Length).ToArray(), _scanner.Headers, out string? error);
                return head is null ? ClientHandshakeResult.Violation(error!) : Validate(head);
            case HeadScanStatus.BareLineBreak or HeadScanStatus.EmptyFirstLine:
                return ClientHandshakeResult.Violation("The answer is malformed.");
            default:
                return ClientHandshakeResult.Violation("The head of the answer is too long.");
        }
    }

    // RFC 6455 §4.1, the numbered list at its end.
    private ClientHandshakeResult Validate(ResponseHead head)
    {
        if (head.StatusCode != 101)
        {
            return ClientHandshakeResult.Violation("The server refused the connection.", head);
        }

        if (!"websocket".Equals(head.Header(HeaderNames.Upgrade), StringComparison.OrdinalIgnoreCase)
            || !TokenList.TryParse(head.Header(HeaderNames.Connection), versions: false, out List<string> connection)
            || !connection.Contains("upgrade", StringComparer.OrdinalIgnoreCase))
        {
            return ClientHandshakeResult.Violation("The answer is no upgrade to WebSocket.", head);
        }

        if (head.Header(HeaderNames.SecWebSocketAccept) != HandshakeKey.Accept(_key))
        {
            return ClientHandshakeResult.Violation("Sec-WebSocket-Accept does not fit the key.", head);
        }

        DeflateParameters? deflate = null;
        if (head.Header(HeaderNames.SecWebSocketExtensions) is { } value && !TryReadExtensions(value, out deflate))
        {
            return ClientHandshakeResult.Violation("The answer names extensions that were not offered so.", head);
        }

        string? subprotocol = head.Header(HeaderNames.SecWebSocketProtocol);
        return subprotocol is null || _options.Subprotocols.Contains(subprotocol, StringComparer.Ordinal)
            ? new ClientHandshakeResult(HeadParseStatus.Done, head, subprotocol, deflate)
            : ClientHandshakeResult.Violation("The server chose a subprotocol that was not offered.", head);
    }
    private bool TryReadExtensions(string value, out DeflateParameters? deflate)
    {
        deflate = null;
        if (_offer is not { } offer
            || !ExtensionList.TryParse(value, out List<Extension> answers)
            || answers.Count != 1
            || !DeflateClientNegotiator.TryAccept(answers[0], offer, _options.MinClientWindowBits, out var agreed))
        {
            return false;
        }

        deflate = agreed;
        return true;
    }
}
