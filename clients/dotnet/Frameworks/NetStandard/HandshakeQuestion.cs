using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Switchboard.Client.Session;
using Switchboard.Client.Transports;

namespace Switchboard.Client.Frameworks;

/// <summary>Asks for a WebSocket over HTTP, only to learn why there is none.</summary>
internal sealed class HandshakeQuestion(SwitchboardClientOptions options) : IDisposable
{
    private readonly HttpClient _http = new(HttpHandlers.Create(options)) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Asks.</summary>
    /// <returns>The refusal; null where there is none, or no answer.</returns>
    public async ValueTask<LinkEnd?> AskAsync(Uri socket, string? token, Exception cause, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, OverHttp(socket));
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.Add(new ProductHeaderValue("websocket"));
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", NewKey());
        request.Headers.Add("Sec-WebSocket-Protocol", WebSocketLink.Protocol);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        try
        {
            using HttpResponseMessage answer = await _http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.SwitchingProtocols
                ? null
                : HttpFailures.Refused(
                    answer.StatusCode, RefusedSocket.Explain(answer.StatusCode, socket, options), answer.Headers.RetryAfter?.Delta, cause);
        }
        catch (Exception e) when (HttpFailures.IsOne(e) || e is NotSupportedException)
        {
            // What broke the socket has broken this, too; or the platform's HTTP does not ask for upgrades.
            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    private static Uri OverHttp(Uri socket) => new UriBuilder(socket) { Scheme = socket.Scheme == "wss" ? "https" : "http" }.Uri;

    private static string NewKey()
    {
        Span<byte> key = stackalloc byte[16];
        RandomNumberGenerator.Fill(key);
        return Convert.ToBase64String(key);
    }
}
