using Switchboard.Client;
using Switchboard.Core.Rooms;
using Switchboard.Testing;

namespace Counting;

public sealed class CounterTests
{
    [Fact]
    public async Task Counter_ItsSiloDies_GoesOnCountingOnTheOther()
    {
        await using SwitchboardCluster cluster = await SwitchboardCluster.StartAsync(silos: 2, edges: 2, options =>
            options.Grains.Rooms.Kinds.Add(new RoomKind { Pattern = "count:*", Options = new() { Logic = "counter" } }));
        await using SwitchboardClient ann = await cluster.ConnectAsync("ann", edge: 0);
        await using SwitchboardClient bob = await cluster.ConnectAsync("bob", edge: 1);
        await ann.Room("count:1").JoinAsync();
        await bob.Room("count:1").JoinAsync();
        var counts = bob.Room("count:1").ReadAll().GetAsyncEnumerator();

        await ann.Room("count:1").PublishAsync("tick");
        Assert.True(await counts.MoveNextAsync());
        await cluster.KillSiloAsync(await cluster.SiloOfAsync("count:1"));
        await ann.Room("count:1").PublishAsync("tick");

        Assert.True(await counts.MoveNextAsync());
        Assert.Equal(2, counts.Current.Read(CountJson.Default.Int32));
    }
}
