using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Switchboard.Gateway.Tests.Testing;

/// <summary>A stream of server-sent events, read one event at a time.</summary>
internal sealed class StreamClient : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _events;

    private StreamClient(HttpResponseMessage response, Stream stream)
    {
        _response = response;
        _events = SseParser.Create(stream).EnumerateAsync().GetAsyncEnumerator();
    }

    public HttpResponseMessage Response => _response;

    public static async Task<StreamClient> OpenAsync(PollClient client, string pathAndQuery, HttpContent? body = null)
    {
        HttpRequestMessage request = new(body is null ? HttpMethod.Get : HttpMethod.Post, pathAndQuery) { Content = body };
        HttpResponseMessage response = await client.Http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, Limit.Token());
        return new StreamClient(response, await response.Content.ReadAsStreamAsync(Limit.Token()));
    }

    /// <summary>The next event; null at the end.</summary>
    public async Task<JsonElement?> NextAsync() =>
        await Limit.For(_events.MoveNextAsync().AsTask(), "an event of the stream")
            ? JsonDocument.Parse(_events.Current.Data).RootElement
            : null;

    /// <summary>The next event of a type; others are passed over.</summary>
    public async Task<JsonElement> NextAsync(string type)
    {
        while (await NextAsync() is { } next)
        {
            if (next.Type() == type)
            {
                return next;
            }
        }

        throw new InvalidOperationException($"the stream ended without {type}");
    }

    public async ValueTask DisposeAsync()
    {
        _response.Dispose();
        await _events.DisposeAsync();
    }
}
