using Switchboard.ClientScenarios.Tests.Acting;
using Switchboard.ClientScenarios.Tests.Cluster;
using Switchboard.ClientScenarios.Tests.Driving;

namespace Switchboard.ClientScenarios.Tests.Scenarios;

/// <summary>What happens to the token of one client, Ann, while both talk.</summary>
internal static class TokenScenarios
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    /// <summary>Ann's token ends again and again; one of the fresh ones is no good, so that it really runs out.</summary>
    public static async Task ExpiredAsync(Stage stage) => await stage.EachAsync(async party =>
    {
        int asked = 0;
        Actor ann = party.Add("ann", 0);
        Actor bob = party.Add("bob", 1);
        ann.Client.GiveToken = count =>
        {
            asked = count;
            return Tokens.For(ann.User, count switch { 3 => -Short, < 5 => Short, _ => Long });
        };
        foreach (Actor actor in party.Actors)
        {
            await actor.ConnectAsync();
            await party.JoinAsync(actor, RoomKinds.Durable, RoomKinds.Memory);
        }

        await party.TalkAsync();
        await party.UntilAsync("ann has asked for five tokens", () => asked >= 5);
        await party.GoOnAsync();
        await party.HoldsAsync();
    });

    /// <summary>Nobody gives a good token: a client stops and says why, at its first connect as well as later.</summary>
    public static async Task RefusedAsync(Stage stage) => await stage.EachAsync(async party =>
    {
        Actor never = party.Add("never", 0);
        never.Client.GiveToken = _ => "no.good.token";
        DriverException refusal = await Assert.ThrowsAsync<DriverException>(() => never.ConnectAsync());
        Assert.Equal("unauthorized", refusal.Code);
        await never.StateAsync("closed");

        Actor once = party.Add("once", 1);
        once.Client.GiveToken = count => count == 1 ? Tokens.For(once.User, Short) : "no.good.token";
        await once.ConnectAsync();
        DriverEvent closed = await once.StateAsync("closed");
        Assert.False(string.IsNullOrEmpty(closed.Text("reason")));
        Assert.False(closed.Body.GetProperty("retries").GetBoolean());
        await Assert.ThrowsAsync<DriverException>(() => once.JoinAsync(party.Room(RoomKinds.Memory)));
    });
}
