using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.InProcess;
using Switchboard.Core.Tests.Testing;
using Switchboard.Gateway.Fanout;
using Switchboard.Gateway.Metrics;
using Switchboard.Gateway.Sessions;
using Switchboard.Gateway.WebSockets;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Events;
using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.Tests.Testing;

/// <summary>A session over pipes that is a member of feeds; nobody reads its commands.</summary>
internal sealed class SessionRig : IAsyncDisposable
{
    private static readonly JsonEnvelopeCodec Json = new();

    private static readonly IMeterFactory Meters =
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();

    private readonly PipeConnection _pipe = new();
    private readonly List<byte> _received = [];

    public SessionRig(IEnvelopeCodec? codec = null, PerMessageDeflate? deflate = null, string id = "c")
    {
        FakeTime time = new();
        CoarseClock clock = new(time);
        GatewayMetrics metrics = new(Meters);
        WebSocketSettings settings = new()
        {
            Messages = new MessageLimits(),
            Outbound = new OutboundLimits(1 << 20, 1 << 16),
            HeartbeatInterval = 1000,
            HeartbeatTimeout = 1000,
            CloseTimeout = 1000,
        };
        WebSocketConnection connection = new(_pipe, settings, null, clock, metrics, NullLogger.Instance);
        InProcessBackplane backplane = new(new InProcessOptions(), time);
        SessionServices services = new(
            backplane, new BackplaneFacts(TimeSpan.Zero, 1, 1), new EdgeHub(), new GatewayOptions(), clock, time, metrics);
        Session = new ClientSession(connection, services, new IdentityResult(new UserName("u"), null), codec ?? Json, deflate)
        {
            Id = new ConnectionId(id),
        };
    }

    public ClientSession Session { get; }

    public static FeedEntry Entry(
        long offset, Sender? exceptSender = null, DeliveryClass deliveryClass = DeliveryClass.Reliable) => new()
    {
        Offset = offset,
        Timestamp = 1,
        Payload = "1"u8.ToArray(),
        PayloadKind = PayloadKind.Json,
        Class = deliveryClass,
        Sender = exceptSender,
        ExceptSender = exceptSender is not null,
    };

    /// <summary>Joins a feed whose head is there.</summary>
    public FeedMember Join(LocalFeed feed, long head = 0)
    {
        FeedMember member = new(Session, feed);
        Assert.True(feed.TryAdd(member));
        GoLive(member, head);
        return member;
    }

    public static void GoLive(FeedMember member, long head) =>
        member.Feed.GoLive(member, new Recovery(new Position(new Epoch(1), head), RecoveryOutcome.NotAsked, []), null);

    /// <summary>Checks the offsets of all messages since the last call.</summary>
    public async Task ShouldGetAsync(params long[] offsets)
    {
        long[] received = await OffsetsAsync();
        Assert.Equal(offsets, received);
    }

    public ValueTask DisposeAsync()
    {
        Session.Connection.Outbound.End();
        return _pipe.DisposeAsync();
    }

    // Behind them stands a mark of this method's own.
    private async Task<long[]> OffsetsAsync()
    {
        Session.Writer.Write(new PongEvent(1, 0), static (codec, output, pong) => codec.Encode(output, pong));
        Session.Connection.Outbound.Flush();
        List<long> offsets = [];
        while (true)
        {
            while (FrameHeaderParser.TryRead([.. _received], out FrameHeader header) == HeaderStatus.Done
                && _received.Count >= header.Length + header.PayloadLength)
            {
                int length = header.Length + (int)header.PayloadLength;
                byte[] payload = [.. _received[header.Length..length]];
                _received.RemoveRange(0, length);
                JsonElement message = JsonDocument.Parse(payload).RootElement;
                if (message.Type() == "pong")
                {
                    return [.. offsets];
                }

                offsets.Add(message.TryGetProperty("offset", out JsonElement offset) ? offset.GetInt64() : 0);
            }

            _received.AddRange(await _pipe.TakeAsync());
        }
    }
}
