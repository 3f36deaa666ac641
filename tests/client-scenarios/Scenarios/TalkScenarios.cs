using Switchboard.ClientScenarios.Tests.Acting;
using Switchboard.ClientScenarios.Tests.Cluster;

namespace Switchboard.ClientScenarios.Tests.Scenarios;

/// <summary>Nothing goes wrong but for what is the client's surroundings.</summary>
internal static class TalkScenarios
{
    /// <summary>Two edges, two kinds of rooms, and all that one does in a room; the SDKs meet in one of their own.</summary>
    public static async Task PlainAsync(Stage stage)
    {
        Ledger meeting = new("memory:meeting");
        await stage.EachAsync(async party =>
        {
            (Actor ann, Actor bob) = await party.GatherAsync(RoomKinds.Durable, RoomKinds.Memory);
            await party.TalkAsync();
            await party.HoldsAsync();
            await KnowEachOtherAsync(party, ann, bob);
        });
        await stage.EachAsync(party => party.Actors[0].JoinAsync(meeting));
        await stage.EachAsync(async party =>
        {
            for (int i = 0; i < 20; i++)
            {
                await party.Actors[0].PublishAsync(meeting);
            }
        });
        await stage.EachAsync(async party =>
        {
            await party.UntilAsync("all SDKs have heard each other", () => meeting.IsSettled);
            meeting.Check(Losses.None);
        });
    }

    /// <summary>A proxy that knows no WebSocket is in between: Ann gets events as a stream, Bob polls. Their connections
    /// break once.</summary>
    public static async Task WithoutWebSocketAsync(Stage stage) => await stage.EachAsync(async party =>
    {
        (Actor ann, Actor bob) = (party.Add("ann", 0, dropsUpgrades: true), party.Add("bob", 1, dropsUpgrades: true));
        await ann.ConnectAsync("websocket", "sse");
        await bob.ConnectAsync("websocket", "long-polling");
        await party.JoinAsync(ann, RoomKinds.Durable, RoomKinds.Memory);
        await party.JoinAsync(bob, RoomKinds.Durable, RoomKinds.Memory);

        await party.TalkAsync();
        ann.Network.Reset();
        bob.Network.Reset();
        await party.GoOnAsync();

        await party.HoldsAsync();
    });

    // History, presence and its state, and leaving.
    private static async Task KnowEachOtherAsync(Party party, Actor ann, Actor bob)
    {
        Ledger room = party.Room(RoomKinds.Memory);
        IReadOnlyList<long> history = await ann.Client.HistoryAsync(room.Room, 10);
        Assert.Equal(10, history.Count);
        Assert.Equal(history, await bob.Client.HistoryAsync(room.Room, 10));

        await bob.Client.SetStateAsync(room.Room, "fine");
        Assert.Equal([ann.User, $"{bob.User}:fine"], (await ann.Client.PresenceAsync(room.Room)).Order(StringComparer.Ordinal));
        await bob.LeaveAsync(room);
        Assert.Equal([ann.User], await ann.Client.PresenceAsync(room.Room));
        await ann.PublishAsync(room);
    }
}
