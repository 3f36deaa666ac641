using Switchboard.Cluster.Tests.Rig;
using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Edges;

namespace Switchboard.Cluster.Tests.Faults;

/// <summary>A silo is stopped right after the one has joined that its grains go to, while neither knows all that the other does.</summary>
public sealed class NewSiloTests : FaultTest
{
    private static readonly TimeSpan NotYet = TimeSpan.FromSeconds(0.5);

    protected override int SiloCount => 1;

    [Fact]
    public async Task MemoryRoom_MovesBeforeItsSiloKnowsTheNewOnesGrains_KeepsItsLife()
    {
        RoomName room = NewRoom(durable: false);
        TestConnection one = await JoinAsync(First, room);
        Position before = await one.PublishAsync(room, "before");
        Rig.Manifests.Hold();
        await Cluster.StartSiloAsync();

        Task stop = Cluster.StopSiloAsync(0);
        await Task.WhenAny(stop, Task.Delay(NotYet));
        Rig.Manifests.LetGo();
        await stop.WithinAsync("the stop");
        PublishResult after = await PublishAsync(one, room, "after");

        Assert.Equal(before with { Offset = 2 }, after.Position);
        Assert.Equal(["before", "after"], await one[room].ThroughAsync("after"));
        Assert.Empty(one[room].Losses);
    }

    [Fact]
    public async Task Publish_TheNewSiloDoesNotKnowTheEdgeYet_IsAnsweredOnceItDoes()
    {
        RoomName room = NewRoom(durable: false);
        TestConnection one = await JoinAsync(First, room);
        using IDisposable faults = Cluster.Faults.Drop<IEdgeRegistryGrain>(1, seed: 1, nameof(IEdgeRegistryGrain.ListAsync));
        await Cluster.StartSiloAsync();
        await Cluster.StopSiloAsync(0);
        await PublishAsync(one, room, "by way of the room");

        Task<PublishResult> call = one.PublishAsync(room, Message.Reliable("by way of the inbox", key: "inbox"));
        await Task.WhenAny(call, Task.Delay(NotYet));
        bool waited = !call.IsCompleted;
        faults.Dispose();
        PublishResult result = await call.WithinAsync("the answer");

        Assert.Equal((true, BackplaneStatus.Ok, false), (waited, result.Status, result.Duplicate));
        await one[room].ThroughAsync("by way of the inbox");
    }

    private static Task<PublishResult> PublishAsync(TestConnection connection, RoomName room, string text) =>
        Calls.UntilOkAsync(() => connection.PublishAsync(room, Message.Reliable(text, key: text)), text);
}
