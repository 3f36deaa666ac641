using System.Collections.Concurrent;
using System.Diagnostics;
using Switchboard.Cluster.Tests.Rig;
using Switchboard.Contract.Harness;
using Switchboard.Core.Identifiers;

namespace Switchboard.Cluster.Tests.Telemetry;

/// <summary>The trace of a publish goes with it: to its room, and on to the edges.</summary>
public sealed class PublishTraceTests : FaultTest
{
    private const string ClientsName = "Clients";

    private static readonly ActivitySource Clients = new(ClientsName);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Publish_ThatIsTraced_IsFollowedToTheRoomAndToEveryEdge(bool durable)
    {
        using SpanListener spans = new();
        RoomName room = NewRoom(durable);
        TestConnection one = await JoinAsync(First, room);
        TestConnection two = await JoinAsync(Second, room);

        // The first goes to the room itself; the next ones through the inbox of its silo.
        for (int i = 0; i < 3; i++)
        {
            ActivityTraceId trace;
            using (Activity root = Clients.StartActivity("publish")!)
            {
                trace = root.TraceId;
                await one.PublishAsync(room, $"message {i}");
            }

            Assert.Contains($"message {i}", await two[room].ThroughAsync($"message {i}"));
            await Cluster.WaitAsync(() => spans.Of(trace).Count(span => span.OperationName == "deliver") == 2, "both deliveries");

            Activity[] all = spans.Of(trace);
            Activity batch = Assert.Single(all, span => span.OperationName == "publish batch");
            Activity there = Assert.Single(all, span => span.OperationName == "room publish");
            Assert.Equal(batch.SpanId, there.ParentSpanId);
            Assert.All(
                all.Where(span => span.OperationName == "deliver"),
                span => Assert.Equal((there.SpanId, room.Value), (span.ParentSpanId, span.GetTagItem("switchboard.room"))));
        }
    }

    [Fact]
    public async Task Publish_ThatIsNotTraced_HasNoSpan()
    {
        using SpanListener spans = new();
        RoomName room = NewRoom(durable: false);
        TestConnection one = await JoinAsync(First, room);
        TestConnection two = await JoinAsync(Second, room);

        await one.PublishAsync(room, "message");
        await two[room].ThroughAsync("message");

        Assert.DoesNotContain(spans.All, span => span.GetTagItem("switchboard.room") as string == room.Value);
    }

    private sealed class SpanListener : IDisposable
    {
        private readonly ConcurrentQueue<Activity> _ended = [];
        private readonly ActivityListener _listener;

        public SpanListener()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = static source => source.Name == ClientsName || source.Name.StartsWith("Switchboard.", StringComparison.Ordinal),
                Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = _ended.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public IEnumerable<Activity> All => _ended;

        public Activity[] Of(ActivityTraceId trace) => [.. _ended.Where(span => span.TraceId == trace)];

        public void Dispose() => _listener.Dispose();
    }
}
