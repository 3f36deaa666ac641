using System.Globalization;
using System.Net.Http.Headers;

namespace Switchboard.Webhooks.Sending;

/// <summary>Posts signed requests to one endpoint.</summary>
internal sealed class WebhookClient : IDisposable
{
    // Answers that nobody reads are taken off the socket up to here; a longer one costs the connection.
    private const int MaxDrainBytes = 64 * 1024;

    // Shorter than what servers commonly keep an idle connection for (Node: 5 seconds), so that they rarely close one that is
    // just used again.
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(4);

    private readonly Endpoint _endpoint;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public WebhookClient(Endpoint endpoint, TimeProvider time)
    {
        _endpoint = endpoint;
        _time = time;

        // A redirect, or a proxy of the environment's, would be another address than the one that is trusted.
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = endpoint.Options.Timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = IdleTimeout,
            MaxResponseDrainSize = MaxDrainBytes,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = endpoint.Options.MaxAnswerBytes,
        };
    }

    /// <summary>Sends one request, and waits for its answer as long as the endpoint may take.</summary>
    /// <param name="id">The same for each attempt at one event.</param>
    /// <param name="body">JSON in UTF-8.</param>
    /// <param name="reads">Whether the answer's body matters.</param>
    /// <param name="cancellation">Gives up before the time is over.</param>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public async Task<PostResult> PostAsync(string id, byte[] body, bool reads, CancellationToken cancellation)
    {
        using CancellationTokenSource limit = new(_endpoint.Options.Timeout, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        using HttpRequestMessage request = Request(id, body);
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(
                request, reads ? HttpCompletionOption.ResponseContentRead : HttpCompletionOption.ResponseHeadersRead, either.Token);
            byte[] answer = reads ? await response.Content.ReadAsByteArrayAsync(either.Token) : [];
            return new PostResult((int)response.StatusCode, answer, null);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new PostResult(0, [], "no answer in time");
        }
        catch (HttpRequestException e)
        {
            return new PostResult(0, [], e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded
                ? "the answer is too long"
                : e.InnerException?.Message ?? e.Message);
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(string id, byte[] body)
    {
        long timestamp = _time.GetUtcNow().ToUnixTimeSeconds();
        HttpRequestMessage request = new(HttpMethod.Post, _endpoint.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", _endpoint.Signer.Sign(id, timestamp, body));
        return request;
    }
}
