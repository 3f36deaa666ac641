using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Tests.Testing;
using Switchboard.Gateway.Tests.Testing;
using Switchboard.Gateway.Tracing;

namespace Switchboard.Gateway.Tests.Tracing;

public sealed class PublishTracingTests : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = [];
    private readonly ActivityListener _listener;

    public PublishTracingTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Switchboard.Gateway",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    [Fact]
    public async Task Publish_WhileSomebodyListens_IsASpanOfItsOwnThatSaysWhereAndWho()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");
        await ann.JoinAsync("traced-1");

        await ann.PublishAsync("traced-1", "1");
        await ann.PublishAsync("traced-1", "2");

        Activity[] spans = Of("traced-1");
        Assert.Equal([1L, 2L], spans.Select(span => span.GetTagItem("switchboard.offset")));
        Assert.All(spans, span => Assert.Equal(
            ("publish", ActivityKind.Server, null, ann.Id),
            (span.OperationName, span.Kind, span.ParentId, span.GetTagItem("switchboard.connection"))));
        Assert.Equal(2, spans.Select(span => span.TraceId).Distinct().Count());
    }

    [Fact]
    public async Task Publish_WithinAnHttpRequest_IsASpanOfItsOwnToo()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using PollClient ann = new(host, "ann");
        await ann.ConnectAsync();

        await ann.AskAsync(
            """{"type":"join","id":1,"room":"traced-5"}""",
            """{"type":"publish","id":2,"room":"traced-5","data":1}""",
            """{"type":"publish","id":3,"room":"traced-5","data":2}""");

        Activity[] spans = Of("traced-5");
        Assert.Equal([null, null], spans.Select(span => span.ParentId));
        Assert.Equal(2, spans.Select(span => span.TraceId).Distinct().Count());
    }

    [Fact]
    public void Publish_OnceItsBackplaneWasCalled_LeavesTheSpanThatWasThereBefore()
    {
        using Activity request = new Activity("request").Start();

        using Activity span = new PublishTracing(new PublishSampling())
            .Begin(new RoomName("traced-6"), new ConnectionId("c-1"), out Activity? outer)!;

        Assert.Same(span, Activity.Current);
        PublishTracing.Leave(outer);
        Assert.Same(request, Activity.Current);
    }

    [Fact]
    public async Task Publish_ThatIsRefusedByTheBackplane_EndsItsSpanWithAnError()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(backplane: SmallPayloads());
        await using TestClient ann = await host.ConnectAsync("ann");
        await ann.JoinAsync("traced-2");

        JsonElement answer = await ann.PublishAsync("traced-2", "\"much too large\"");

        Assert.Equal("error", answer.Type());
        Assert.Equal(ActivityStatusCode.Error, Assert.Single(Of("traced-2")).Status);
    }

    [Fact]
    public async Task Publish_ThatIsNotSampled_HasNoSpan()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(
            build: builder => builder.Services.AddSingleton(new PublishSampling(0)));
        await using TestClient ann = await host.ConnectAsync("ann");
        await ann.JoinAsync("traced-3");

        await ann.PublishAsync("traced-3", "1");

        Assert.Empty(Of("traced-3"));
    }

    [Fact]
    public void Publish_ThatIsNotSampled_AllocatesNothing()
    {
        PublishTracing none = new(new PublishSampling(ratio: 0));
        PublishTracing some = new(new PublishSampling(ratio: 1, mostPerSecond: 1, time: new FakeTime()));
        (RoomName room, ConnectionId connection) = (new RoomName("traced-4"), new ConnectionId("c-1"));
        using Activity taken = some.Begin(room, connection, out Activity? outer)!;
        PublishTracing.Leave(outer);
        Assert.Null(none.Begin(room, connection, out _));
        Assert.Null(some.Begin(room, connection, out _));
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 1000; i++)
        {
            none.Begin(room, connection, out _)?.Dispose();
            some.Begin(room, connection, out _)?.Dispose();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1000)]
    [InlineData(0.3, 310)]
    public void Sampling_TakesItsShare(double ratio, int taken)
    {
        PublishSampling sampling = new(ratio, random: new Random(1));

        Assert.InRange(Enumerable.Range(0, 1000).Count(_ => sampling.Takes()), taken - 40, taken + 40);
    }

    [Fact]
    public void Sampling_TakesNoMoreInASecondThanItMay()
    {
        FakeTime time = new();
        PublishSampling sampling = new(1, 10, time);

        Assert.Equal(10, Enumerable.Range(0, 1000).Count(_ => sampling.Takes()));
        time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(5, Enumerable.Range(0, 1000).Count(_ => sampling.Takes()));
    }

    public void Dispose() => _listener.Dispose();

    private static Core.InProcess.InProcessOptions SmallPayloads()
    {
        Core.InProcess.InProcessOptions options = new();
        options.Rooms.Default.MaxPayloadBytes = 4;
        return options;
    }

    private Activity[] Of(string room) => [.. _ended.Where(span => (string?)span.GetTagItem("switchboard.room") == room)];
}
