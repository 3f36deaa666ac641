using Switchboard.Protocol.Deflate;

namespace Switchboard.Protocol.Handshake;

/// <summary>
/// Decides about an opening handshake (RFC 6455 §4.2). The checks, in this order, and the answer where one fails:
/// <list type="number">
/// <item>the method is GET (405); the parser has seen to HTTP/1.1 (505);</item>
/// <item>the host is allowed (400);</item>
/// <item><c>Upgrade</c> has websocket and <c>Connection</c> has upgrade. A request that asks for no upgrade, or for one
/// to something else, gets 426; one of the two headers without the other, or a malformed one, 400;</item>
/// <item><c>Sec-WebSocket-Version</c> is 13 (426; also where it is missing, so that the client learns it);</item>
/// <item>there is exactly one valid <c>Sec-WebSocket-Key</c> (400);</item>
/// <item>the origin is not repeated (400), and allowed (403);</item>
/// <item>a subprotocol: the first offered one that is supported (400 where the offer is malformed, or where none is
/// supported and the options refuse that);</item>
/// <item>permessage-deflate: the first acceptable offer (400 where the header is malformed). Other extensions are
/// ignored.</item>
/// </list>
/// </summary>
public static class ServerHandshake
{
    /// <summary>Accepts or refuses a request. The options must be valid.</summary>
    public static HandshakeResult Evaluate(RequestHead head, HandshakeOptions options)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(options);
        string? subprotocol = null;
        HandshakeRefusal? refusal = CheckRequest(head, options)
            ?? CheckUpgrade(head)
            ?? CheckVersionAndKey(head)
            ?? CheckOrigin(head, options.Origins)
            ?? SelectSubprotocol(head, options, out subprotocol);
        if (refusal is not null)
        {
            return new HandshakeResult(refusal);
        }

        // RFC 6455 §9.1: repeated headers are one list.
        List<Extension> offers = [];
        if (head.Header(HeaderNames.SecWebSocketExtensions) is { } value && !ExtensionList.TryParse(value, out offers))
        {
            return new HandshakeResult(
                HandshakeRefusal.BadRequest("The Sec-WebSocket-Extensions header is malformed or too long."));
        }

        DeflateParameters? deflate = DeflateNegotiator.Negotiate(
            offers, options.Deflate, options.MinServerWindowBits, out string? answer);
        string accept = HandshakeKey.Accept(head.Header(HeaderNames.SecWebSocketKey)!);
        return new HandshakeResult(new HandshakeAcceptance(accept, subprotocol, deflate, answer));
    }

    private static HandshakeRefusal? CheckRequest(RequestHead head, HandshakeOptions options)
    {
        // RFC 6455 §4.2.1, 1.
        if (head.Method != "GET")
        {
            return HandshakeRefusal.MethodNotAllowed();
        }

        return options.Hosts.Allows(head.Host) ? null : HandshakeRefusal.BadRequest("The host is not served here.");
    }

    private static HandshakeRefusal? CheckUpgrade(RequestHead head)
    {
        // RFC 6455 §4.2.1, 3 and 4: both in any case, among others.
        string? upgrade = head.Header(HeaderNames.Upgrade);
        if (!TokenList.TryParse(upgrade, versions: true, out List<string> protocols)
            || !TokenList.TryParse(head.Header(HeaderNames.Connection), versions: false, out List<string> connection))
        {
            return HandshakeRefusal.BadRequest("The Upgrade or the Connection header is malformed or too long.");
        }

        bool webSocket = protocols.Contains("websocket", StringComparer.OrdinalIgnoreCase);
        bool upgrading = connection.Contains("upgrade", StringComparer.OrdinalIgnoreCase);
        return (webSocket, upgrading) switch
        {
            (true, true) => null,
            (true, false) => HandshakeRefusal.BadRequest("The Connection header must list Upgrade."),
            (false, true) when upgrade is null => HandshakeRefusal.BadRequest("The Upgrade header is missing."),
            _ => HandshakeRefusal.UpgradeRequired(),
        };
    }

    private static HandshakeRefusal? CheckVersionAndKey(RequestHead head)
    {
        // RFC 6455 §4.2.1, 6, and §4.4.
        if (head.Header(HeaderNames.SecWebSocketVersion) != "13")
        {
            return HandshakeRefusal.WebSocketVersionNotSupported();
        }

        // RFC 6455 §4.2.1, 5, and §11.3.1: not more than once.
        if (head.CountHeaders(HeaderNames.SecWebSocketKey) != 1)
        {
            return HandshakeRefusal.BadRequest("The request needs exactly one Sec-WebSocket-Key header.");
        }

        return HandshakeKey.IsValid(head.Header(HeaderNames.SecWebSocketKey)!)
            ? null
            : HandshakeRefusal.BadRequest("The Sec-WebSocket-Key must be the base64 of 16 bytes.");
    }

    private static HandshakeRefusal? CheckOrigin(RequestHead head, OriginPolicy policy)
    {
        if (head.CountHeaders(HeaderNames.Origin) > 1)
        {
            return HandshakeRefusal.BadRequest("The request must not have more than one Origin header.");
        }

        // RFC 6455 §4.2.2, 4.
        return policy.Allows(head.Header(HeaderNames.Origin))
            ? null
            : HandshakeRefusal.Forbidden("The origin is not allowed to connect here.");
    }

    private static HandshakeRefusal? SelectSubprotocol(RequestHead head, HandshakeOptions options, out string? chosen)
    {
        chosen = null;
        if (head.Header(HeaderNames.SecWebSocketProtocol) is not { } value)
        {
            return null;
        }

        // RFC 6455 §4.1, 10: one or more, all of them distinct.
        if (!TokenList.TryParse(value, versions: false, out List<string> offered)
            || offered.Count == 0
            || offered.Distinct(StringComparer.Ordinal).Count() != offered.Count)
        {
            return HandshakeRefusal.BadRequest("The Sec-WebSocket-Protocol header is malformed or too long.");
        }

        chosen = offered.Find(name => options.Subprotocols.Contains(name, StringComparer.Ordinal));
        if (chosen is not null || options.OnSubprotocolMismatch == SubprotocolMismatch.AcceptWithout)
        {
            return null;
        }

        return HandshakeRefusal.BadRequest(options.Subprotocols.Count == 0
            ? "No subprotocol is supported here."
            : $"None of the offered subprotocols is supported; these are: {string.Join(", ", options.Subprotocols)}.");
    }
}
