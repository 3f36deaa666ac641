using System.Text.Json;
using Switchboard.Core.Backplane;
using Switchboard.Core.InProcess;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Sessions;

public sealed class ResumeTests
{
    [Fact]
    public async Task Resume_AfterABrokenSocket_GetsExactlyWhatItMissed()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");
        await using TestClient bob = await host.ConnectAsync("bob");
        string epoch = (await ann.JoinAsync("r", ""","presence":true""")).Text("epoch");
        await bob.JoinAsync("r", ""","presence":true""");
        await ann.NextAsync("presence_change");
        await bob.PublishAsync("r", "1");
        await ann.NextAsync("message");

        ann.Drop();
        await host.Backplane.CalledAsync("DetachAsync");
        for (int i = 2; i <= 6; i++)
        {
            await bob.PublishAsync("r", $"{i}");
        }

        await bob.AskAsync("""{"type":"send","user":"ann","data":"to the user"}""");
        await bob.AskAsync($$"""{"type":"send","connection":"{{ann.Id}}","data":"to the connection"}""");
        JsonElement presence = await bob.AskAsync("""{"type":"presence","room":"r"}""");
        await using TestClient again = await host.ClientAsync("ann");
        JsonElement welcome = await again.ConnectAsync(
            $$"""
            ,"resume":"{{ann.Token}}","positions":{"rooms":{"r":{{TestClient.Position(epoch, 1)}} },
            "user":{{Zero(ann, "user")}},"connection":{{Zero(ann, "connection")}} }
            """);
        Assert.Equal("welcome", welcome.Type());
        Assert.True(welcome.GetProperty("resumed").GetBoolean());
        Assert.Equal(ann.Id, again.Id);
        Assert.True(welcome.GetProperty("rooms").GetProperty("r").GetProperty("recovered").GetBoolean());
        Assert.Equal(2, presence.Number("count"));

        List<JsonElement> missed = [];
        for (int i = 0; i < 7; i++)
        {
            missed.Add(await again.NextAsync("message"));
        }

        Assert.Equal([2, 3, 4, 5, 6], missed.Where(m => m.TryGetProperty("room", out _)).Select(m => m.Number("offset")));
        Assert.Equal("to the user", missed.Single(m => Feed(m) == "user").Text("data"));
        Assert.Equal("to the connection", missed.Single(m => Feed(m) == "connection").Text("data"));
        await bob.PublishAsync("r", "7");
        Assert.Equal(7, (await again.NextAsync("message")).Number("offset"));
    }

    [Theory]
    [InlineData(BackplaneStatus.Unavailable)]
    [InlineData(BackplaneStatus.NoSuchConnection)]
    public async Task Resume_RoomThatMayStillBeJoinedIsNotRejoined_IsClosedAndKeepsTheRoomForTheNextResume(BackplaneStatus status)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");
        await ann.JoinAsync("r");
        ann.Drop();
        await host.Backplane.CalledAsync("DetachAsync");

        host.Backplane.Rejoined = status;
        await using TestClient early = await host.ClientAsync("ann");
        await early.SendAsync($$"""{"type":"connect","id":1,"resume":"{{ann.Token}}"}""");
        Assert.Equal(4002, await early.ClosedAsync());

        host.Backplane.Rejoined = null;
        await using TestClient late = await host.ClientAsync("ann");
        JsonElement welcome = await late.ConnectAsync($$""","resume":"{{ann.Token}}" """);
        Assert.True(welcome.GetProperty("resumed").GetBoolean());
        Assert.True(welcome.GetProperty("rooms").TryGetProperty("r", out _));
    }

    [Fact]
    public async Task Resume_RoomThatItWasTakenOutOfMeanwhile_IsWelcomedWithoutIt()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");
        await ann.JoinAsync("r");
        ann.Drop();
        await host.Backplane.CalledAsync("DetachAsync");

        host.Backplane.Rejoined = BackplaneStatus.NotJoined;
        await using TestClient again = await host.ClientAsync("ann");
        JsonElement welcome = await again.ConnectAsync($$""","resume":"{{ann.Token}}" """);

        Assert.True(welcome.GetProperty("resumed").GetBoolean());
        Assert.False(welcome.GetProperty("rooms").TryGetProperty("r", out _));
    }

    [Fact]
    public async Task Resume_WhileTheOldSocketStillHangs_TakesOverAndClosesIt()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient old = await host.ConnectAsync("ann");
        await old.JoinAsync("r");
        await using TestClient fresh = await host.ClientAsync("ann");

        JsonElement welcome = await fresh.ConnectAsync($$""","resume":"{{old.Token}}" """);

        Assert.True(welcome.GetProperty("resumed").GetBoolean());
        Assert.Equal(4500, await old.ClosedAsync());
        await fresh.PublishAsync("r", "1");
        Assert.Equal(1, (await fresh.NextAsync("message")).Number("offset"));
    }

    [Fact]
    public async Task Resume_WithAWrongForeignOrUnknownToken_IsAnErrorAndConnectAnewWorks()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");
        await using TestClient bob = await host.ClientAsync("bob");
        string wrong = ann.Token[..^4] + "AAAA";

        (await bob.ConnectAsync($$""","resume":"{{ann.Token}}" """)).ShouldBeError("resume_foreign");
        (await bob.ConnectAsync(""","resume":"nonsense" """)).ShouldBeError("resume_expired");
        await using TestClient other = await host.ClientAsync("ann");
        (await other.ConnectAsync($$""","resume":"{{wrong}}" """)).ShouldBeError("resume_wrong");
        Assert.Equal("welcome", (await other.ConnectAsync()).Type());
        Assert.Equal("welcome", (await bob.ConnectAsync()).Type());
        Assert.Equal("pong", (await ann.AskAsync("""{"type":"ping"}""")).Type());
    }

    [Fact]
    public async Task Connection_ThatDoesNotComeBackInTime_LeavesItsRoomsAndItsTokenExpires()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");
        await using TestClient bob = await host.ConnectAsync("bob");
        await bob.JoinAsync("r", ""","presence":true""");
        await ann.JoinAsync("r");
        await bob.NextAsync("presence_change");

        ann.Drop();
        await host.Backplane.CalledAsync("DetachAsync");
        host.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(2, (await bob.AskAsync("""{"type":"presence","room":"r"}""")).Number("count"));
        host.Time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(ann.Id, (await bob.NextAsync("presence_change")).GetProperty("left")[0].GetString());
        await using TestClient again = await host.ClientAsync("ann");
        (await again.ConnectAsync($$""","resume":"{{ann.Token}}" """)).ShouldBeError("resume_expired");
    }

    [Fact]
    public async Task Client_ThatSaysGoodbye_LeavesAtOnce()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");
        await using TestClient bob = await host.ConnectAsync("bob");
        await bob.JoinAsync("r", ""","presence":true""");
        await ann.JoinAsync("r");
        await bob.NextAsync("presence_change");

        await ann.Socket.CloseAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, Limit.Token());

        Assert.Equal(ann.Id, (await bob.NextAsync("presence_change")).GetProperty("left")[0].GetString());
    }

    [Fact]
    public async Task Publish_WithTheSameKeyAfterAReconnect_ReturnsTheFirstPositionAndPublishesNothing()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");
        await using TestClient bob = await host.ConnectAsync("bob");
        await bob.JoinAsync("r");
        await ann.JoinAsync("r");
        JsonElement first = await ann.PublishAsync("r", "1", ""","key":"k1" """);

        ann.Drop();
        await using TestClient again = await host.ClientAsync("ann");
        await again.ConnectAsync($$""","resume":"{{ann.Token}}" """);
        JsonElement second = await again.PublishAsync("r", "1", ""","key":"k1" """);
        await again.PublishAsync("r", "2");

        Assert.Equal(first.Number("offset"), second.Number("offset"));
        Assert.True(second.GetProperty("duplicate").GetBoolean());
        Assert.Equal(1, (await bob.NextAsync("message")).Number("data"));
        Assert.Equal(2, (await bob.NextAsync("message")).Number("data"));
    }

    [Theory]
    [InlineData("0000000000000001", 0, "epoch_changed")]
    [InlineData(null, 99, "ahead")]
    [InlineData(null, 0, "trimmed")]
    public async Task Join_FromAPositionThatCannotBeRecovered_SaysSoAndGoesOnFromNow(string? epoch, int offset, string reason)
    {
        InProcessOptions backplane = new();
        backplane.Rooms.Default.Feed.MaxCount = 3;
        await using GatewayHost host = await GatewayHost.StartAsync(backplane: backplane);
        await using TestClient bob = await host.ConnectAsync("bob");
        string actual = (await bob.JoinAsync("r")).Text("epoch");
        for (int i = 1; i <= 5; i++)
        {
            await bob.PublishAsync("r", $"{i}");
        }

        await using TestClient ann = await host.ConnectAsync("ann");
        JsonElement joined = await ann.JoinAsync(
            "r", $""","position":{TestClient.Position(epoch ?? actual, offset)}""");
        await bob.PublishAsync("r", "6");

        Assert.False(joined.GetProperty("recovered").GetBoolean());
        Assert.Equal(reason, joined.Text("reason"));
        Assert.Equal(5, joined.Number("offset"));
        Assert.Equal(6, (await ann.NextAsync("message")).Number("offset"));
    }

    private static string? Feed(JsonElement message) =>
        message.TryGetProperty("feed", out JsonElement feed) ? feed.GetString() : null;

    private static string Zero(TestClient client, string feed) =>
        client.Welcome.GetProperty("positions").GetProperty(feed).GetRawText();
}
