using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Switchboard.Client.Session;
using Switchboard.Client.Wire;

namespace Switchboard.Client.Transports;

/// <summary>The requests of docs/protocol.md, "Without WebSocket". One for each link: its server counts its requests.</summary>
internal sealed class FallbackHttp : IDisposable
{
    // With a payload of 100 messages of history this is not reached.
    private const int LongestAnswer = 64 * 1024 * 1024;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Addresses _addresses;
    private readonly LinkRequest _session;
    private readonly HttpClient _http;

    public FallbackHttp(SwitchboardClientOptions options, LinkRequest session)
    {
        _http = new HttpClient(HttpHandlers.Create(options))
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LongestAnswer,
        };
        _addresses = new Addresses(options);
        _session = session;
    }

    /// <summary>The number of the next <see cref="TrySendAsync"/>.</summary>
    public long Sequence { get; private set; } = 1;

    /// <summary>Opens a stream of events.</summary>
    /// <exception cref="LinkException">It was refused, or the network failed.</exception>
    public Task<HttpResponseMessage> OpenStreamAsync(CancellationToken cancellationToken) =>
        RequestAsync("/sse", Body(null, null, closes: false), HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <summary>Polls: waits so many seconds for something to say.</summary>
    /// <exception cref="LinkException">It was refused, or the network failed.</exception>
    public Task<HttpResponseMessage> PollAsync(int wait, bool closes, CancellationToken cancellationToken) =>
        RequestAsync("/poll", Body(null, wait, closes), HttpCompletionOption.ResponseContentRead, cancellationToken);

    /// <summary>Sends commands to the stream or poll that waits.</summary>
    /// <returns>How long to wait before it is sent again, with the same number, so that nothing is taken twice; null when it was taken.</returns>
    /// <exception cref="LinkException">They are refused for good.</exception>
    public async ValueTask<TimeSpan?> TrySendAsync(OutgoingBatch? commands, bool closes, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage answer = await RequestAsync(
                "/send", Body(commands, null, closes), HttpCompletionOption.ResponseContentRead, cancellationToken);
            Sequence++;
            return null;
        }
        catch (LinkException e) when (IsPassing(e.End))
        {
            return e.End.RetryAfter > Pause ? e.End.RetryAfter : Pause;
        }
    }

    public void Dispose() => _http.Dispose();

    // Nobody holds the connection for a moment, the server has no room, or the network failed.
    private static bool IsPassing(LinkEnd end) =>
        end.Status is 0 or 404 or 409 or 429 or 502 or 503 or 504
        && !end.Reason.Contains("out_of_order", StringComparison.Ordinal);

    private async Task<HttpResponseMessage> RequestAsync(
        string which, byte[] body, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, _addresses.Fallback(which)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (_session.Token() is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        try
        {
            HttpResponseMessage response = await _http.SendAsync(request, completion, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                throw new LinkException(await HttpFailures.ReadAsync(response, cancellationToken));
            }
        }
        catch (Exception e) when (HttpFailures.IsOne(e))
        {
            throw new LinkException(HttpFailures.Broken(e));
        }
    }

    private byte[] Body(OutgoingBatch? commands, int? wait, bool closes)
    {
        PooledBuffer bytes = new(4096);
        using (Utf8JsonWriter json = new(bytes, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            _session.WriteResume(json, wait is not null);
            json.WriteNumber("seq"u8, Sequence);
            if (wait > 0)
            {
                json.WriteNumber("wait"u8, wait.Value);
            }

            if (closes)
            {
                json.WriteBoolean("close"u8, true);
            }

            WriteCommands(json, commands);
            json.WriteEndObject();
        }

        byte[] body = bytes.Span.ToArray();
        bytes.Release();
        return body;
    }

    private static void WriteCommands(Utf8JsonWriter json, OutgoingBatch? commands)
    {
        if (commands is null)
        {
            return;
        }

        json.WriteStartArray("commands"u8);
        for (int i = 0; i < commands.Count; i++)
        {
            (ReadOnlyMemory<byte> bytes, bool isBinary) = commands[i];
            json.WriteRawValue(isBinary ? WithBase64(bytes) : bytes.Span, skipInputValidation: true);
        }

        json.WriteEndArray();
    }

    // The header is an object, behind whose last field the payload is put.
    private static byte[] WithBase64(ReadOnlyMemory<byte> message)
    {
        (ReadOnlyMemory<byte> header, ReadOnlyMemory<byte> payload) = EventReader.Split(message);
        return [.. header.Span[..^1], .. ",\"base64\":\""u8, .. Encoding.ASCII.GetBytes(Convert.ToBase64String(payload.Span)), .. "\"}"u8];
    }
}
