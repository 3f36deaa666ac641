using Switchboard.Cluster.Tests.Rig;
using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.Cluster.Tests.Faults;

/// <summary>A silo is stopped right after the one has joined that its grains go to, while neither knows all that the other does.</summary>
public sealed class NewSiloTests : FaultTest
{
    private static readonly TimeSpan NotYet = TimeSpan.FromSeconds(1);

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

    private static Task<PublishResult> PublishAsync(TestConnection connection, RoomName room, string text) =>
        Calls.UntilOkAsync(() => connection.PublishAsync(room, Message.Reliable(text, key: text)), text);
}
