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
    public static RequestHeadResult Read(HttpContext context, HeadLimits limits)
    {
        HttpRequest request = context.Request;
        StringBuilder text = new();
        text.Append(request.Method).Append(' ').Append(request.Path.ToUriComponent()).Append(request.QueryString)
            .Append(" HTTP/1.1\r\n");
        foreach ((string name, StringValues values) in request.Headers)
        {
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
