using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Switchboard.Core.InProcess;
using Switchboard.Gateway.Tests.Testing;
using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.Tests.Sessions;

/// <summary>
/// One member of a room stops reading. Another reads each message before the next one is published: the stalled one
/// delays nobody, or these tests would stand still.
/// </summary>
public sealed class SlowConsumerTests
{
    private const int Size = 4000;
    private const int Most = 2000;

    [Fact]
    public async Task Close_EndsTheStalledMemberWith4000AndItResumesWithoutALoss()
    {
        await using GatewayHost host = await StartAsync(SlowConsumerPolicy.Close);
        await using Room room = await Room.OpenAsync(host);
        int sent = await room.PublishUntilAsync("overflows");
        sent = await room.PublishAsync(sent, 20);

        long last = await ReadToTheCloseAsync(room.Slow);
        await room.Slow.SendAsync(Opcode.Close, [0x0F, 0xA0]);
        await room.Slow.Socket.ReadToEndAsync();
        using RawClient again = await ResumeAsync(host, room, last);
        JsonElement start = (await again.NextAsync()).GetProperty("rooms").GetProperty("r");

        Assert.True(start.GetProperty("recovered").GetBoolean());
        Assert.Equal(sent, start.Number("offset"));
        for (long offset = last + 1; offset <= sent; offset++)
        {
            Assert.Equal(offset, (await again.NextAsync()).Number("offset"));
        }

        await room.PublishAsync(sent, 1);
        Assert.Equal(sent + 1, (await again.NextAsync()).Number("offset"));
    }

    [Fact]
    public async Task Close_ThenAResumeBehindTheHistory_SaysSoAndGoesOnFromNow()
    {
        InProcessOptions backplane = new();
        backplane.Rooms.Default.Feed.MaxCount = 5;
        await using GatewayHost host = await StartAsync(SlowConsumerPolicy.Close, backplane);
        await using Room room = await Room.OpenAsync(host);
        int sent = await room.PublishUntilAsync("overflows");
        sent = await room.PublishAsync(sent, 10);

        long last = await ReadToTheCloseAsync(room.Slow);
        using RawClient again = await ResumeAsync(host, room, last);
        JsonElement start = (await again.NextAsync()).GetProperty("rooms").GetProperty("r");
        await room.PublishAsync(sent, 1);

        Assert.False(start.GetProperty("recovered").GetBoolean());
        Assert.Equal("trimmed", start.Text("reason"));
        Assert.Equal(sent + 1, (await again.NextAsync()).Number("offset"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("permessage-deflate")]
    [InlineData("permessage-deflate; server_max_window_bits=10")]
    public async Task Skip_TellsTheLossBehindWhatWaitedAndGoesOn(string? extensions)
    {
        await using GatewayHost host = await StartAsync(SlowConsumerPolicy.Skip);
        await using Room room = await Room.OpenAsync(host, extensions);
        int sent = await room.PublishUntilAsync("overflows");
        sent = await room.PublishAsync(sent, 40);

        JsonElement next = await room.Slow.NextAsync();
        long waited = 0;
        for (; next.Type() == "message"; next = await room.Slow.NextAsync())
        {
            Assert.Equal(++waited, next.Number("offset"));
        }

        // Nothing was published since: the loss is told by itself.
        Assert.Equal("lost", next.Type());
        Assert.Equal("r", next.Text("room"));
        Assert.Equal(sent, next.Number("offset"));
        Assert.InRange(waited, 1, sent - 40);
        Assert.Equal(1, room.Counters["lost"]);
        sent = await room.PublishAsync(sent, 3);
        for (int offset = sent - 2; offset <= sent; offset++)
        {
            Assert.Equal(offset, (await room.Slow.NextAsync()).Number("offset"));
        }
    }

    [Fact]
    public async Task Skip_WithMessagesWhileItCatchesUp_NeverLeavesASilentGap()
    {
        await using GatewayHost host = await StartAsync(SlowConsumerPolicy.Skip);
        await using Room room = await Room.OpenAsync(host);
        int sent = await room.PublishUntilAsync("overflows");
        long position = 0;
        int losses = 0;

        // It reads one message for each two that are published, then all of the rest.
        for (int i = 0; i < 300; i++)
        {
            sent = await room.PublishAsync(sent, 2);
            position = Advance(await room.Slow.NextAsync(), position, ref losses);
        }

        while (position < sent)
        {
            position = Advance(await room.Slow.NextAsync(), position, ref losses);
        }

        Assert.True(losses > 0);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("permessage-deflate; server_max_window_bits=10")]
    public async Task Volatile_IsDroppedForTheStalledMemberAndReliableIsNot(string? extensions)
    {
        await using GatewayHost host = await StartAsync(SlowConsumerPolicy.Close, queue: 4 * 1024 * 1024);
        await using Room room = await Room.OpenAsync(host, extensions);
        int sent = 0;
        int volatiles = 0;
        while (room.Counters["messages.dropped"] == 0 || volatiles % 10 != 0)
        {
            sent = await room.PublishAsync(sent, 1);
            await room.PublishAsync(volatiles++, 1, ""","class":"volatile" """, isVolatile: true);
            Assert.True(sent < Most, "never behind");
        }

        long reliable = 0;
        long got = 0;
        while (reliable < sent)
        {
            JsonElement message = await room.Slow.NextAsync();
            if (message.TryGetProperty("offset", out JsonElement offset))
            {
                Assert.Equal(++reliable, offset.GetInt64());
            }
            else
            {
                got++;
            }
        }

        // The last volatile one came behind the last reliable one: it was dropped.
        Assert.Equal(volatiles, got + room.Counters["messages.dropped"]);
        Assert.Equal(0, room.Counters["overflows"]);
    }

    [Fact]
    public async Task Latest_OfManyUpdatesTheStalledMemberGetsTheNewestAtLast()
    {
        await using GatewayHost host = await StartAsync(SlowConsumerPolicy.Close);
        await using Room room = await Room.OpenAsync(host);
        int sent = 0;
        while (room.Counters["messages.superseded"] < 50)
        {
            sent = await room.PublishAsync(sent, 1, ""","class":"latest","slot":"s" """);
            Assert.True(sent < Most, "never behind");
        }

        List<long> offsets = [];
        while (offsets.LastOrDefault() < sent)
        {
            JsonElement message = await room.Slow.NextAsync();
            offsets.Add(message.Number("offset"));
            Assert.Equal(Payloads.Noise((int)offsets[^1], Size), message.GetProperty("data").GetRawText());
        }

        Assert.Equal(sent - room.Counters["messages.superseded"], offsets.Count);
        Assert.Equal(offsets.Order().Distinct(), offsets);
    }

    private static Task<GatewayHost> StartAsync(
        SlowConsumerPolicy policy, InProcessOptions? backplane = null, long queue = 64 * 1024) => GatewayHost.StartAsync(
        options =>
        {
            options.Outbound.SlowConsumer = policy;
            options.Outbound.MaxQueueBytes = queue;
            options.Outbound.BehindBytes = 16 * 1024;
            options.Limits.MessagesPerSecond = 0;
        },
        backplane,
        SmallSendBuffers);

    private static void SmallSendBuffers(WebApplicationBuilder builder) =>
        builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = endPoint =>
        {
            Socket socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
            socket.SendBufferSize = 8 * 1024;
            return socket;
        });

    private static async Task<long> ReadToTheCloseAsync(RawClient slow)
    {
        for (long last = 0; ; last++)
        {
            ServerFrame frame = await slow.FrameAsync();
            if (frame.Opcode == (int)Opcode.Close)
            {
                Assert.Equal(4000, frame.CloseCode);
                Assert.Equal("slow_consumer"u8, frame.Payload.AsSpan(2));
                return last;
            }

            Assert.Equal(last + 1, JsonDocument.Parse(frame.Payload).RootElement.Number("offset"));
        }
    }

    private static async Task<RawClient> ResumeAsync(GatewayHost host, Room room, long last)
    {
        RawClient again = await RawClient.OpenAsync(host, "/ws?user=slow");
        await again.SendAsync(
            $$"""
            {"type":"connect","resume":"{{room.Slow.Token}}",
            "positions":{"rooms":{"r":{{TestClient.Position(room.Epoch, last)}} } } }
            """);
        return again;
    }

    private static long Advance(JsonElement message, long position, ref int losses)
    {
        long offset = message.Number("offset");
        if (message.Type() == "lost")
        {
            losses++;
            Assert.InRange(offset, position + 1, long.MaxValue);
        }
        else
        {
            Assert.Equal(position + 1, offset);
        }

        return offset;
    }

    /// <summary>A publisher, a member that reads, and one that does not.</summary>
    private sealed class Room : IAsyncDisposable
    {
        public required TestClient Publisher { get; init; }

        public required TestClient Fast { get; init; }

        public required RawClient Slow { get; init; }

        public required Counters Counters { get; init; }

        public string Epoch { get; private set; } = "";

        public static async Task<Room> OpenAsync(GatewayHost host, string? extensions = null)
        {
            Room room = new()
            {
                Publisher = await host.ConnectAsync("publisher"),
                Fast = await host.ConnectAsync("fast"),
                Slow = await RawClient.JoinAsync(host, "slow", "r", extensions, receiveBuffer: 4096),
                Counters = new Counters(host),
            };
            room.Epoch = (await room.Publisher.JoinAsync("r")).Text("epoch");
            await room.Fast.JoinAsync("r");
            return room;
        }

        public async Task<int> PublishUntilAsync(string counter)
        {
            int sent = 0;
            while (Counters[counter] == 0)
            {
                sent = await PublishAsync(sent, 1);
                Assert.True(sent < Most, $"{counter} was never counted");
            }

            return sent;
        }

        /// <summary>Publishes so many more and lets the fast member read each; returns how many there are then.</summary>
        public async Task<int> PublishAsync(int sent, int more, string rest = "", bool isVolatile = false)
        {
            for (int i = sent + 1; i <= sent + more; i++)
            {
                string data = Payloads.Noise(i, Size);
                Assert.Equal("published", (await Publisher.PublishAsync("r", data, $""","echo":false{rest}""")).Type());
                JsonElement message = await Fast.NextAsync("message");
                Assert.Equal(data, message.GetProperty("data").GetRawText());
                Assert.Equal(!isVolatile, message.TryGetProperty("offset", out JsonElement offset) && offset.GetInt64() == i);
            }

            return sent + more;
        }

        public async ValueTask DisposeAsync()
        {
            await Publisher.DisposeAsync();
            await Fast.DisposeAsync();
            Slow.Dispose();
            Counters.Dispose();
        }
    }
}
