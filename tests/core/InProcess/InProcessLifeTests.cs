using System.Collections.Concurrent;
using Switchboard.Core.Backplane;
using Switchboard.Core.InProcess;
using Switchboard.Core.Rooms;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.InProcess;

public class InProcessLifeTests
{
    [Fact]
    public void New_BadOptions_SaysWhatIsWrongWithEach()
    {
        var options = new InProcessOptions();
        options.Rooms.Default.Durable = true;
        options.Rooms.Kinds.Add(new RoomKind { Pattern = "game:*", Options = new RoomOptions { Durable = true } });
        options.Connections.MaxRooms = 0;
        options.UserFeed.MaxKeys = 0;

        ArgumentException exception = Assert.Throws<ArgumentException>(
            () => new InProcessBackplane(options, new FakeTime()));

        Assert.StartsWith(
            "Rooms.Default is durable, but this backplane has no store; "
            + "Rooms.Kinds 'game:*' is durable, but this backplane has no store; "
            + "Connections.MaxRooms must be 1 to 10000, but is 0; "
            + "UserFeed.MaxKeys must be 1 to 1000000, but is 0",
            exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WithARoomLogic_SaysThatItTakesACluster()
    {
        var options = new InProcessOptions();
        options.Rooms.Default.Logic = "arena";
        options.Rooms.Kinds.Add(new RoomKind { Pattern = "game:*", Options = new RoomOptions { Logic = "not a type" } });

        ArgumentException refused = Assert.Throws<ArgumentException>(
            () => new InProcessBackplane(options, new FakeTime()));

        Assert.Contains("Default has the logic 'arena', which takes a cluster", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'game:*' has the logic 'not a type'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Logic must be the type of a grain", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_BeforeAttach_Fail()
    {
        await using var backplane = new InProcessBackplane(new InProcessOptions(), new FakeTime());

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await backplane.OpenAsync(Some.Ann));
        backplane.Attach(new RecordingEdge());
        Assert.Throws<InvalidOperationException>(() => backplane.Attach(new RecordingEdge()));
        Assert.Equal(BackplaneStatus.Ok, (await backplane.OpenAsync(Some.Ann)).Status);
    }

    [Fact]
    public async Task Dispose_DeliveryUnderWay_WaitsForItAndStartsNoOther()
    {
        var harness = new BackplaneHarness();
        harness.Join(harness.Open(Some.Ann), Some.Room);
        using var inCall = new SemaphoreSlim(0);
        using var goOn = new ManualResetEventSlim();
        harness.Edge.OnCall = _ =>
        {
            inCall.Release();
            goOn.Wait();
        };
        harness.Publish(Some.Room, Some.Reliable("first"));
        Assert.True(await inCall.WaitAsync(TimeSpan.FromSeconds(20)), "first delivery");
        harness.Publish(Some.Room, Some.Reliable("second"));

        ValueTask disposal = harness.DisposeAsync();
        Assert.False(disposal.IsCompleted);
        goOn.Set();
        await disposal;

        Assert.Equal(["Room room: 1 first"], harness.Edge.Rest());
        Assert.Equal(0, harness.Time.TimerCount);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await harness.Backplane.OpenAsync(Some.Ann));
        await harness.DisposeAsync();
    }

    [Fact]
    public async Task Edge_Throws_LosesThatCallAndGoesOn()
    {
        await using var harness = new BackplaneHarness();
        var failures = new ConcurrentQueue<Exception>();
        harness.Backplane.UnobservedFailure += failures.Enqueue;
        OpenResult ann = harness.Open(Some.Ann);
        harness.Join(ann, Some.Room, presence: true);
        using var thrown = new SemaphoreSlim(0);
        harness.Edge.OnCall = line =>
        {
            if (line.EndsWith("poison", StringComparison.Ordinal))
            {
                thrown.Release();
                throw new InvalidOperationException(line);
            }
        };
        harness.Publish(Some.Room, Some.Reliable("poison"));
        Assert.True(await thrown.WaitAsync(TimeSpan.FromSeconds(20)), "poison");
        harness.Publish(Some.Room, Some.Reliable("good"));

        Assert.Equal(["Room room: 2 good"], await harness.Edge.NextAsync(1, "the next"));
        Assert.Equal(["Room room: 1 poison"], failures.Select(failure => failure.Message));
    }

    [Fact]
    public async Task Edge_ThrowsInDisconnect_TheResumeGoesOn()
    {
        await using var harness = new BackplaneHarness();
        var failures = new ConcurrentQueue<Exception>();
        harness.Backplane.UnobservedFailure += failures.Enqueue;
        harness.Edge.OnCall = line => throw new InvalidOperationException(line);
        OpenResult ann = harness.Open(Some.Ann);

        Assert.Equal(BackplaneStatus.Ok, harness.Resume(Some.Ann, ann.Token).Status);
        Assert.Equal(["Disconnect 1 Replaced"], failures.Select(failure => failure.Message));
    }
}
