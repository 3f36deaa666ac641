using Switchboard.Cluster.Tests.Rig;
using Switchboard.Contract.Harness;

namespace Switchboard.Cluster.Tests.Logic;

/// <summary>The silo of a room, of its logic, or of both is killed.</summary>
public sealed class LogicDeathTests : LogicTest
{
    [Fact]
    public async Task Room_ItsSiloIsKilled_TheLogicElsewhereHearsEachInputOnceAndInOrderAndOfNobodyLeaving()
    {
        await PlaceLogicAsync(1);
        await PlaceRoomAsync(0);
        TestConnection ann = await JoinAsync(First, "ann");
        await JoinAsync(Second, "bob");
        using var publisher = new Publisher(ann, Room);
        await publisher.ContinueAsync(10, "before the death");

        await Cluster.KillSiloAsync(0);
        await publisher.ContinueAsync(10, "after the death");
        await publisher.StopAsync();

        string[] inputs = [.. Journal.All.Where(static line => line.StartsWith("ann ", StringComparison.Ordinal))];
        Assert.Equal(Enumerable.Range(1, publisher.Acknowledged.Count).Select(i => $"ann {i}"), inputs);
        Assert.Equal(["joined ann", "joined bob"], Journal.All.Except(inputs));
        Assert.Single(Journal.ByActivation);
    }

    [Fact]
    public async Task Logic_ItsSiloIsKilled_ComesUpOnTheOtherOneIsToldWhoIsThereAndGoesOn()
    {
        await PlaceLogicAsync(1);
        await PlaceRoomAsync(0);
        TestConnection ann = await JoinAsync(First, "ann");
        TestConnection bob = await JoinAsync(Second, "bob");
        await bob[Room].CountAsync(3, "ticks before the death");

        await Cluster.KillSiloAsync(1);
        await Cluster.WaitAsync(
            () => Journal.ByActivation is [_, { Length: >= 2 } next] && next.Order().SequenceEqual(["joined ann", "joined bob"]),
            "the next logic to hear who is there, with nobody publishing");
        int seen = bob[Room].Entries.Length;
        await bob[Room].CountAsync(seen + 3, "ticks after the death");
        Assert.Equal(0, await Cluster.FindSiloAsync(Logic));
        Assert.Empty(ann[Room].Losses);
    }

    [Fact]
    public async Task RoomAndLogic_TheirSiloIsKilled_ComeUpOnTheOtherOneAndNoInputIsDecidedTwiceOrOutOfOrder()
    {
        TestConnection ann = await JoinAsync(First, "ann");
        TestConnection bob = await JoinAsync(Second, "bob");
        using var publisher = new Publisher(ann, Room);
        await publisher.ContinueAsync(10, "before the death");
        int victim = (await Cluster.FindSiloAsync(Room))!.Value;

        await Cluster.KillSiloAsync(victim);
        await publisher.ContinueAsync(10, "after the death");
        await publisher.StopAsync();

        int[][] decided =
        [
            .. Journal.ByActivation.Select(lines => lines
                .Where(static line => line.StartsWith("ann ", StringComparison.Ordinal))
                .Select(static line => int.Parse(line[4..], System.Globalization.CultureInfo.InvariantCulture)).ToArray()),
        ];
        Assert.Equal(2, decided.Length);
        Assert.All(decided, static numbers => Assert.Equal(Enumerable.Range(numbers[0], numbers.Length), numbers));
        Assert.Equal(Enumerable.Range(1, publisher.Acknowledged.Count), decided.SelectMany(static numbers => numbers).Distinct());
        int seen = bob[Room].Entries.Length;
        await bob[Room].CountAsync(seen + 3, "ticks after the death");
        Assert.Equal(1 - victim, await Cluster.FindSiloAsync(Logic));
    }

    // The room comes up where it is asked for first.
    private async Task PlaceRoomAsync(int silo)
    {
        Orleans.Runtime.RequestContext.Set(
            Orleans.Runtime.Placement.IPlacementDirector.PlacementHintKey, Cluster.Silos[silo].Address);
        await Cluster.GrainFactory.GetGrain<GrainInterfaces.Rooms.IRoomGrain>(Room.Value)
            .PublishAsync(new GrainInterfaces.Rooms.PublishBatch { Publications = [Message.Volatile("first")] });
        Orleans.Runtime.RequestContext.Clear();
        Assert.Equal(silo, await Cluster.FindSiloAsync(Room));
    }
}
