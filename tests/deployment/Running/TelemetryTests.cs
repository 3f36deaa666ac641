using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Switchboard.Telemetry.Receiving;

namespace Switchboard.Deployment.Tests.Running;

/// <summary>What the processes of a cluster export, taken by a receiver of OTLP.</summary>
[Collection(ClusterCollection.Name)]
public sealed class TelemetryTests(RunningCluster cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Well within the rate of a client.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    [Theory]
    [InlineData("traced")]
    [InlineData("durable:traced")]
    public async Task Publish_FromOneEdgeToTheOther_IsOneTraceOverThreeProcesses(string room)
    {
        using CancellationTokenSource patience = new(Patience);
        using ClientWebSocket sender = await JoinAsync(1, room, patience.Token);
        using ClientWebSocket receiver = await JoinAsync(2, room, patience.Token);

        // Not every publish is traced, and spans come a little later.
        while (Traces(room).Length == 0)
        {
            await Task.Delay(Pace, patience.Token);
            await SendAsync(sender, $$"""{"type":"publish","id":9,"room":"{{room}}","data":1,"echo":false}""", patience.Token);
            await ReceiveAsync(sender, "published", patience.Token);
            await ReceiveAsync(receiver, "message", patience.Token);
        }

        ReceivedSpan[] trace = Traces(room)[0];
        Assert.Equal(["publish", "publish batch", "room publish", "deliver"], trace.Select(span => span.Name));
        Assert.Equal(["edge-1", "edge-1", trace[2].Instance, "edge-2"], trace.Select(span => span.Instance));
        Assert.Equal("switchboard-silo", trace[2].Service);
        Assert.Equal(string.Empty, trace[0].Parent);
    }

    [Fact]
    public async Task Metrics_OfEdgesAndSilos_Arrive()
    {
        OtlpReceiver receiver = cluster.Telemetry;
        await receiver.WaitAsync("all metrics", all => new[]
        {
            "switchboard-edge edge-1 switchboard.gateway.io.sent",
            "switchboard-edge edge-2 switchboard.gateway.queue.size",
            "switchboard-edge edge-1 switchboard.gateway.rooms",
            "switchboard-silo 127.0.0.1 switchboard.silo.rooms",
            "switchboard-silo 127.0.0.1 switchboard.silo.grains",
        }.All(metric => all.Metrics.Keys.Any(each => $"{each.Service} {each.Instance.Split(':')[0]} {each.Name}" == metric)));

        Assert.All(
            receiver.Metrics.Keys.Where(metric => metric.Name.StartsWith("switchboard.", StringComparison.Ordinal)),
            metric => Assert.Contains(Telemetry.InstrumentRow.ReadAll(), row =>
                (row.Name, row.Meter, row.Unit) == (metric.Name, metric.Scope, metric.Unit)));
        Assert.Contains(receiver.Logs, line => line.Service == "switchboard-silo");
    }

    // The spans of each publish that has come as a whole, from the first to the last.
    private ReceivedSpan[][] Traces(string room)
    {
        ReceivedSpan[] spans = [.. cluster.Telemetry.Spans.Where(span => span.Room == room)];
        return
        [
            .. from deliver in spans
               where deliver is { Name: "deliver", Instance: "edge-2" }
               from there in spans
               where there.Id == deliver.Parent && there.Trace == deliver.Trace
               from batch in spans
               where batch.Id == there.Parent
               from publish in spans
               where publish.Id == batch.Parent
               select new[] { publish, batch, there, deliver },
        ];
    }

    private async Task<ClientWebSocket> JoinAsync(int edge, string room, CancellationToken cancel)
    {
        ClientWebSocket socket = new();
        socket.Options.AddSubProtocol("switchboard.v1.json");
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{cluster.Script.EdgePort(edge)}/ws?user=traced-{edge}"), cancel);
        await SendAsync(socket, """{"type":"connect","id":1}""", cancel);
        await ReceiveAsync(socket, "welcome", cancel);
        await SendAsync(socket, $$"""{"type":"join","id":2,"room":"{{room}}"}""", cancel);
        await ReceiveAsync(socket, "joined", cancel);
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, string command, CancellationToken cancel) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(command), WebSocketMessageType.Text, true, cancel);

    private static async Task ReceiveAsync(ClientWebSocket socket, string type, CancellationToken cancel)
    {
        byte[] buffer = new byte[64 * 1024];
        string got;
        do
        {
            WebSocketReceiveResult frame = await socket.ReceiveAsync(buffer, cancel);
            got = JsonNode.Parse(buffer.AsSpan(0, frame.Count))!["type"]!.ToString();
        }
        while (got != type);
    }
}
