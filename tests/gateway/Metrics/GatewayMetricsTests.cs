using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Switchboard.Gateway.Metrics;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Metrics;

public sealed class GatewayMetricsTests
{
    [Fact]
    public async Task Edge_CountsWhatItsClientsDo()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using Counters counters = new(host);
        await using TestClient ann = await host.ConnectAsync("ann");
        await using TestClient bob = await host.ConnectAsync("bob");
        string epoch = (await ann.JoinAsync("r")).Text("epoch");
        await bob.JoinAsync("r");
        await bob.JoinAsync("alone");

        await bob.PublishAsync("r", "1");
        await ann.NextAsync("message");
        ann.Drop();
        await host.Backplane.CalledAsync("DetachAsync");
        await using TestClient again = await host.ClientAsync("ann");
        await again.ConnectAsync(
            $$""","resume":"{{ann.Token}}","positions":{"rooms":{"r":{{TestClient.Position(epoch, 1)}} } }""");
        await using TestClient late = await host.ClientAsync("ann");
        JsonElement refused = await late.AskAsync("""{"type":"connect","resume":"Y29ubmVjdGlvbg.bm90aGluZw"}""");
        counters.Ask();

        Assert.Equal("error", refused.Type());
        Assert.Equal(4, counters["handshakes accepted"]);
        Assert.Equal(3, counters["connections"]);
        Assert.Equal(2, counters["rooms"]);
        Assert.Equal(1, counters["resumes resumed"]);
        Assert.Equal(2, counters["resumes"]);
        Assert.Equal(1, counters["recoveries recovered"]);
        Assert.True(counters["delivery.duration"] > 0);
        Assert.Equal(0, counters["queue.size"]);

        // Two connects, three joins, a publish, two connects with a token.
        Assert.Equal(8, counters["messages.received"]);

        // As many answers, and the message to two members.
        Assert.Equal(10, counters["messages.sent"]);
    }

    [Fact]
    public async Task Edge_CountsTheBytesOfFramesInBothDirections()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using Counters counters = new(host);
        using RawClient client = await RawClient.JoinAsync(host, "ann", "r");
        counters.Ask();
        (long received, long sent) = (counters["io.received"], counters["io.sent"]);
        string ping = """{"type":"ping","id":1}""";

        await client.SendAsync(ping);
        JsonElement pong = await client.NextAsync();
        counters.Ask();

        // Sums of what was told twice: a frame of a client has 6 bytes of head, one to it 2.
        Assert.Equal(ping.Length + 6, counters["io.received"] - (2 * received));
        Assert.Equal(Encoding.UTF8.GetByteCount(pong.GetRawText()) + 2, counters["io.sent"] - (2 * sent));
    }

    [Fact]
    public async Task Throughput_OfManyThreads_IsTheSum()
    {
        Throughput all = new();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                all.Add(i % 2, 3);
            }
        })));

        Assert.Equal((20_000, 120_000), (all.Messages, all.Bytes));
    }

    [Fact]
    public async Task Queue_WhatLeavesInPieces_CountsAsOneMessage()
    {
        await using OutboundRig rig = new(maxQueueBytes: 1_000_000);
        rig.Send((1, 10));
        rig.Outbound.Flush();
        rig.Send((2, 10), (3, 200_000), (4, 10));
        rig.Outbound.Send(Protocol.Framing.Opcode.Ping, []);
        Assert.Equal((1, 12), (rig.SentMessages, rig.SentBytes));
        Assert.True(rig.Outbound.Waiting > 200_000);

        byte[] all = rig.Take();

        Assert.Equal((4, all.Length), (rig.SentMessages, rig.SentBytes));
        Assert.Equal(0, rig.Outbound.Waiting);
    }
}
