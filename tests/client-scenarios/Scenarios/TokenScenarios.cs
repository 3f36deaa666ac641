using Switchboard.ClientScenarios.Tests.Acting;
using Switchboard.ClientScenarios.Tests.Cluster;
using Switchboard.ClientScenarios.Tests.Driving;

namespace Switchboard.ClientScenarios.Tests.Scenarios;

/// <summary>What happens to clients whose tokens end, or are no good.</summary>
internal static class TokenScenarios
{
    private const string Bad = "no.good.token";

    /// <summary>Ann's token ends, and the next one. A fresh one comes in time, then none does, so that hers really runs
    /// out.</summary>
    public static async Task ExpiredAsync(Stage stage) => await stage.EachAsync(async party =>
    {
        (Actor ann, _) = await party.GatherAsync(RoomKinds.Durable, RoomKinds.Memory);
        int states = ann.States.Count;
        int connects = 0;
        int refreshes = 0;
        ann.Client.GiveToken = async () =>
        {
            if (ann.States[^1].Text("state") != "connected")
            {
                return Tokens.For(ann.User, ++connects == 1 ? Tokens.Short : Tokens.Long);
            }

            if (++refreshes > 1)
            {
                await ann.StateAsync("reconnecting", states + 2);
            }

            return Tokens.For(ann.User, Tokens.VeryShort);
        };
        ann.Network.Reset();

        await party.TalkAsync();
        await party.UntilAsync("ann's token has run out", () => refreshes > 0 && connects > 1);
        await party.GoOnAsync();
        await party.HoldsAsync();
    });

    /// <summary>Nobody gives a good token any more: a client stops and says why, at its first connect, when it comes back,
    /// and when its token has ended.</summary>
    public static async Task RefusedAsync(Stage stage) => await stage.EachAsync(async party =>
    {
        Actor never = party.Add("never", 0);
        Spoil(never);
        DriverException refusal = await Assert.ThrowsAsync<DriverException>(() => never.ConnectAsync());
        Assert.Equal("unauthorized", refusal.Code);
        await StopsAsync(never);

        Actor later = party.Add("later", 1);
        await later.ConnectAsync();
        Spoil(later);
        later.Network.Reset();
        await StopsAsync(later);
        await Assert.ThrowsAsync<DriverException>(() => later.JoinAsync(party.Room(RoomKinds.Memory)));

        Actor last = party.Add("last", 0);
        await last.ConnectAsync();
        int given = 0;
        last.Client.GiveToken = () => Task.FromResult(
            given++ == 0 ? Tokens.For(last.User, Tokens.VeryShort) : Bad);
        last.Network.Reset();
        await StopsAsync(last);
    });

    private static void Spoil(Actor actor) => actor.Client.GiveToken = () => Task.FromResult(Bad);

    private static async Task StopsAsync(Actor actor)
    {
        DriverEvent closed = await actor.StateAsync("closed");
        Assert.False(string.IsNullOrEmpty(closed.Text("reason")));
        Assert.False(closed.Body.GetProperty("retries").GetBoolean());
    }
}
