using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Switchboard.Telemetry.Receiving;

/// <summary>
/// A receiver of OTLP over HTTP with protobuf, on a free port of this machine, that writes down what comes. The numbers are
/// those of opentelemetry-proto 1.x.
/// </summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly WebApplication _server;

    private OtlpReceiver(WebApplication server)
    {
        _server = server;
        server.MapPost("/v1/traces", request => TakeAsync(request, ReadSpans));
        server.MapPost("/v1/metrics", request => TakeAsync(request, ReadMetrics));
        server.MapPost("/v1/logs", request => TakeAsync(request, ReadLogs));
    }

    public string Endpoint => _server.Urls.Single();

    public ConcurrentQueue<ReceivedSpan> Spans { get; } = [];

    public ConcurrentDictionary<ReceivedMetric, bool> Metrics { get; } = [];

    public ConcurrentQueue<ReceivedLog> Logs { get; } = [];

    /// <summary>The headers of the last request.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; private set; } = new Dictionary<string, string>();

    public static async Task<OtlpReceiver> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        OtlpReceiver receiver = new(server);
        await server.StartAsync();
        return receiver;
    }

    /// <summary>Waits until what has come holds.</summary>
    public async Task WaitAsync(string what, Func<OtlpReceiver, bool> holds)
    {
        DateTime deadline = DateTime.UtcNow + Patience;
        while (!holds(this))
        {
            if (DateTime.UtcNow > deadline)
            {
                throw new TimeoutException(
                    $"{what} did not come, but {Spans.Count} spans, {Logs.Count} lines, and the metrics "
                    + string.Join(", ", Metrics.Keys.Select(metric => metric.Name).Distinct().Order()));
            }

            await Task.Delay(Look);
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task TakeAsync(HttpContext context, Action<Message> read)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body);
        Headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString());
        read(new Message(ByteString.CopyFrom(body.ToArray())));
    }

    private void ReadSpans(Message request)
    {
        foreach ((Dictionary<string, string> resource, string scope, Message span) in Items(request))
        {
            Spans.Enqueue(new ReceivedSpan(
                resource["service.name"],
                resource["service.instance.id"],
                scope,
                span.Text(5),
                span.Hex(1),
                span.Hex(2),
                span.Hex(4),
                Attributes(span, 9).GetValueOrDefault("switchboard.room")));
        }
    }

    private void ReadMetrics(Message request)
    {
        foreach ((Dictionary<string, string> resource, string scope, Message metric) in Items(request))
        {
            Metrics[new ReceivedMetric(
                resource["service.name"], resource["service.instance.id"], scope, metric.Text(1), metric.Text(3))] = true;
        }
    }

    private void ReadLogs(Message request)
    {
        foreach ((Dictionary<string, string> resource, string scope, Message line) in Items(request))
        {
            Logs.Enqueue(new ReceivedLog(resource["service.name"], scope, line.One(5)!.Text(1), Attributes(line, 6)));
        }
    }

    // All three are made alike: resources (1), each with its attributes (1.1) and scopes (2), each with its name (1.1) and items (2).
    private static IEnumerable<(Dictionary<string, string> Resource, string Scope, Message Item)> Items(Message request) =>
        from resource in request.All(1)
        let attributes = Attributes(resource.One(1)!, 1)
        from scope in resource.All(2)
        let name = scope.One(1)!.Text(1)
        from item in scope.All(2)
        select (attributes, name, item);

    private static Dictionary<string, string> Attributes(Message message, int number) =>
        message.All(number).ToDictionary(pair => pair.Text(1), pair => pair.One(2)?.Text(1) ?? string.Empty);
}
