using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Switchboard.ClientContract.Harness;

namespace Switchboard.ClientContract.Transports;

/// <summary>A stream of events, and requests that carry commands to whichever edge holds it.</summary>
internal sealed class EventStreamLink(Func<string, Uri> address) : IClientLink
{
    private static readonly HttpClient Http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Channel<string> _commands = Channel.CreateUnbounded<string>();
    private readonly Channel<JsonElement> _events = Channel.CreateUnbounded<JsonElement>();
    private readonly TaskCompletionSource<string> _token = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _over = new();
    private Task _reading = Task.CompletedTask;
    private Task _sending = Task.CompletedTask;
    private long _sequence = 1;

    public int? CloseCode { get; private set; }

    public async Task OpenAsync(JsonObject connect)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, address("/fallback/sse")) { Content = JsonContent.Create(connect) };
        HttpResponseMessage response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _over.Token);
        response.EnsureSuccessStatusCode();
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        _reading = ReadAsync(response);
        _sending = SendAsync();
    }

    public Task SendAsync(string command) => _commands.Writer.WriteAsync(command).AsTask();

    public async ValueTask<JsonElement?> ReceiveAsync(CancellationToken cancellationToken) =>
        await _events.Reader.WaitToReadAsync(cancellationToken) && _events.Reader.TryRead(out JsonElement next) ? next : null;

    public void Retire()
    {
        // It begins nothing by itself.
    }

    public void Drop() => _over.Cancel();

    public async Task CloseAsync()
    {
        // The stream may end before the answer is there.
        await PostAsync([], close: true, CancellationToken.None);
        await _reading;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _reading;
        await _sending;
        _over.Dispose();
    }

    private async Task ReadAsync(HttpResponseMessage response)
    {
        try
        {
            await using Stream stream = await response.Content.ReadAsStreamAsync(_over.Token);
            await foreach (SseItem<string> item in SseParser.Create(stream).EnumerateAsync(_over.Token))
            {
                Take(JsonDocument.Parse(item.Data).RootElement);
            }
        }
        catch (Exception e) when (e is IOException || (_over.IsCancellationRequested && e is OperationCanceledException))
        {
            // As the test wanted it, or the edge has died: the end of the link is told as such.
        }
        finally
        {
            response.Dispose();
            _events.Writer.TryComplete();
            await _over.CancelAsync();
        }
    }

    private void Take(JsonElement what)
    {
        switch (what.Type())
        {
            case "closed":
                CloseCode = (int)what.Number("code");
                return;
            case "welcome":
                _token.TrySetResult(what.Text("resume"));
                break;
        }

        _events.Writer.TryWrite(what);
    }

    private async Task SendAsync()
    {
        try
        {
            await _token.Task.WaitAsync(_over.Token);
            while (await _commands.Reader.WaitToReadAsync(_over.Token))
            {
                List<string> commands = [];
                while (commands.Count < 100 && _commands.Reader.TryRead(out string? command))
                {
                    commands.Add(command);
                }

                await PostAsync(commands, close: false, _over.Token);
            }
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            // The stream is over: nobody would answer.
        }
    }

    private async Task PostAsync(List<string> commands, bool close, CancellationToken cancellationToken)
    {
        JsonObject body = new()
        {
            ["resume"] = await _token.Task,
            ["seq"] = _sequence++,
            ["commands"] = new JsonArray([.. commands.Select(command => JsonNode.Parse(command))]),
            ["close"] = close,
        };
        while (true)
        {
            using HttpResponseMessage response = await Http.PostAsJsonAsync(address("/fallback/send"), body, cancellationToken);
            if (response.StatusCode == HttpStatusCode.Accepted)
            {
                return;
            }

            await SendRefusal.ShouldPassAsync(response, cancellationToken);
            await Task.Delay(Pause, cancellationToken);
        }
    }
}
