using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Gateway.Listening;

/// <summary>
/// The head of a request that ASP.NET Core has read already: written down again for the one parser that reads all heads.
/// </summary>
internal static class ContextHead
{
    // RFC 8441 §5: there is no key over HTTP/2, and nothing is derived from this one.
    private static readonly string[] ImpliedByConnect =
        ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="];

    /// <summary>Reads the head.</summary>
    /// <param name="context">The request.</param>
    /// <param name="limits">How long it may be.</param>
    /// <param name="connects">Whether it is the extended CONNECT of RFC 8441, which is read as the upgrade that it stands for.</param>
    public static RequestHeadResult Read(HttpContext context, HeadLimits limits, bool connects = false)
    {
        HttpRequest request = context.Request;
        StringBuilder text = new();
        text.Append(connects ? HttpMethods.Get : request.Method).Append(' ').Append(request.Path.ToUriComponent())
            .Append(request.QueryString).Append(" HTTP/1.1\r\n");
        foreach (string implied in connects ? ImpliedByConnect : [])
        {
            text.Append(implied).Append("\r\n");
        }

        foreach ((string name, StringValues values) in request.Headers)
        {
            if (connects && name.Equals(HeaderNames.SecWebSocketKey, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            foreach (string? value in values)
            {
                text.Append(name).Append(": ").Append(value).Append("\r\n");
            }
        }

        ReadOnlySequence<byte> head = new(Encoding.Latin1.GetBytes(text.Append("\r\n").ToString()));
        RequestHeadParser parser = default;
        return parser.Parse(head, limits);
    }
}
