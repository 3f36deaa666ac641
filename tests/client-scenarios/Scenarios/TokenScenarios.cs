using Switchboard.ClientScenarios.Tests.Acting;
using Switchboard.ClientScenarios.Tests.Cluster;
using Switchboard.ClientScenarios.Tests.Driving;

namespace Switchboard.ClientScenarios.Tests.Scenarios;

/// <summary>What happens to the token of one client, Ann, while both talk.</summary>
internal static class TokenScenarios
{
    private static readonly TimeSpan Past = TimeSpan.FromMinutes(-1);
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    // The client is told soon that it will end, and has time to get another.
    private static readonly TimeSpan Short = Tokens.Warning + TimeSpan.FromSeconds(2);

    /// <summary>Ann's token ends again and again. Once she gets one in time that is no good, so that hers really runs out.</summary>
    public static async Task ExpiredAsync(Stage stage) => await stage.EachAsync(async party =>
    {
        int asked = 0;
        bool isSpoilt = false;
        (Actor ann, _) = await party.GatherAsync(RoomKinds.Durable, RoomKinds.Memory);
        ann.Client.GiveToken = count =>
        {
            asked = count;
            bool spoils = count > 2 && !isSpoilt && ann.States[^1].Text("state") == "connected";
            isSpoilt |= spoils;
            return Tokens.For(ann.User, spoils ? Past : isSpoilt && count > 5 ? Long : Short);
        };
        ann.Network.Reset();

        await party.TalkAsync();
        await party.UntilAsync("ann has had a bad token and then good ones", () => isSpoilt && asked > 5);
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
