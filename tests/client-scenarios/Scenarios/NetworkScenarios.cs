using Switchboard.ClientScenarios.Tests.Acting;
using Switchboard.ClientScenarios.Tests.Cluster;

namespace Switchboard.ClientScenarios.Tests.Scenarios;

/// <summary>What happens to the network of one client, Ann, while both talk.</summary>
internal static class NetworkScenarios
{
    // What the scenario is about, not a wait for anything.
    private static readonly TimeSpan CutLength = TimeSpan.FromSeconds(5);

    /// <summary>Nothing goes through for five seconds; what Ann publishes meanwhile waits, what Bob does is caught up on.</summary>
    public static async Task CutAsync(Stage stage)
    {
        await stage.EachAsync(async party =>
        {
            await party.GatherAsync(RoomKinds.Durable, RoomKinds.Memory);
            await party.TalkAsync();
            party.Actors[0].Network.Cut();
        });
        await Task.Delay(CutLength);
        await stage.EachAsync(async party =>
        {
            Assert.DoesNotContain(party.Actors[0].States, state => state.Text("state") == "closed");
            party.Actors[0].Network.Mend();
            await party.GoOnAsync();
            await party.HoldsAsync();
        });
    }

    /// <summary>Ann's socket is dead and nobody says so, as after a laptop slept: she finds out, and goes on over another.</summary>
    public static async Task SilentAsync(Stage stage) => await stage.EachAsync(async party =>
    {
        (Actor ann, _) = await party.GatherAsync(RoomKinds.Durable, RoomKinds.Memory);
        await party.TalkAsync();
        int states = ann.States.Count;
        ann.Network.Silence();

        await ann.StateAsync("reconnecting", states);
        await ann.StateAsync("connected", states);
        await party.GoOnAsync();
        await party.HoldsAsync();
    });

    /// <summary>More is published while Ann is away than the room keeps: she is told what she has lost, and goes on behind it.</summary>
    public static async Task GapAsync(Stage stage) => await stage.EachAsync(async party =>
    {
        (Actor ann, Actor bob) = await party.GatherAsync(RoomKinds.Short);
        Ledger room = party.Room(RoomKinds.Short);
        await bob.PublishAsync(room);
        await party.SettleAsync();

        ann.Network.Cut();
        for (int i = 0; i < 4 * RoomKinds.ShortHistory; i++)
        {
            await bob.PublishAsync(room);
        }

        ann.Network.Mend();
        await party.UntilAsync("ann is told of her loss", () => room.ToldLosses > 0);
        await party.SettleAsync();
        IReadOnlyList<long> kept = await ann.Client.HistoryAsync(room.Room, 2 * RoomKinds.ShortHistory);
        Assert.Equal(RoomKinds.ShortHistory, kept.Count);

        await ann.PublishAsync(room);
        await bob.PublishAsync(room);
        await party.HoldsAsync(Losses.Told);
        Assert.Equal(1, room.ToldLosses);
    });
}
