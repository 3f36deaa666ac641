using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Switchboard.Core.InProcess;
using Switchboard.Core.Rooms;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Sessions;

public sealed class CommandTests
{
    [Fact]
    public async Task Publish_ReachesEveryMemberInOrderAndIsAcknowledgedWithItsPosition()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");
        await using TestClient bob = await host.ConnectAsync("bob");
        JsonElement joined = await ann.JoinAsync("r");
        await bob.JoinAsync("r");

        for (int i = 1; i <= 20; i++)
        {
            JsonElement published = await ann.PublishAsync("r", $$"""{"n":{{i}}}""");
            Assert.Equal(i, published.Number("offset"));
            Assert.Equal(joined.Text("epoch"), published.Text("epoch"));
        }

        foreach (TestClient client in new[] { ann, bob })
        {
            for (int i = 1; i <= 20; i++)
            {
                JsonElement message = await client.NextAsync("message");
                Assert.Equal(i, message.Number("offset"));
                Assert.Equal(i, message.GetProperty("data").Number("n"));
                Assert.Equal("ann", message.GetProperty("from").Text("user"));
                Assert.Equal(ann.Id, message.GetProperty("from").Text("connection"));
            }
        }
    }

    [Fact]
    public async Task Publish_WithoutEcho_DoesNotReachItsSender()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");
        await using TestClient bob = await host.ConnectAsync("bob");
        await ann.JoinAsync("r");
        await bob.JoinAsync("r");

        await ann.PublishAsync("r", "1", ""","echo":false""");
        await ann.PublishAsync("r", "2");

        Assert.Equal(2, (await ann.NextAsync("message")).Number("offset"));
        Assert.Equal(1, (await bob.NextAsync("message")).Number("offset"));
        Assert.Equal(2, (await bob.NextAsync("message")).Number("offset"));
    }

    [Fact]
    public async Task BinaryPublish_ReachesMembersAsBinaryFramesAndStandsInHistoryAsBase64()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");
        await ann.JoinAsync("r");
        byte[] header = Encoding.UTF8.GetBytes("""{"type":"publish","room":"r"}""");

        await ann.SendBinaryAsync([0, (byte)header.Length, .. header, 1, 2, 255]);
        (WebSocketMessageType type, byte[] frame) = await ann.ReceiveAsync();
        JsonElement history = await ann.AskAsync("""{"type":"history","room":"r"}""");

        Assert.Equal(WebSocketMessageType.Binary, type);
        int length = (frame[0] << 8) | frame[1];
        Assert.Equal([1, 2, 255], frame[(2 + length)..]);
        Assert.Equal(1, JsonDocument.Parse(frame.AsMemory(2, length)).RootElement.Number("offset"));
        Assert.Equal("AQL/", history.GetProperty("messages")[0].Text("base64"));
    }

    [Fact]
    public async Task Send_ToAUser_ReachesAllItsConnectionsAndToAConnectionOnlyThatOne()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");
        await using TestClient phone = await host.ConnectAsync("bob");
        await using TestClient desk = await host.ConnectAsync("bob");

        Assert.Equal("sent", (await ann.AskAsync("""{"type":"send","user":"bob","data":"all"}""")).Type());
        Assert.Equal("sent", (await ann.AskAsync($$"""{"type":"send","connection":"{{desk.Id}}","data":"one"}""")).Type());

        JsonElement onPhone = await phone.NextAsync("message");
        Assert.Equal("user", onPhone.Text("feed"));
        Assert.Equal("all", onPhone.Text("data"));
        JsonElement[] onDesk = [await desk.NextAsync("message"), await desk.NextAsync("message")];
        Assert.Contains(onDesk, message => message.Text("feed") == "user" && message.Text("data") == "all");
        Assert.Contains(onDesk, message => message.Text("feed") == "connection" && message.Text("data") == "one");
        JsonElement pong = await phone.AskAsync("""{"type":"ping"}""");
        Assert.Equal("pong", pong.Type());
    }

    [Fact]
    public async Task Presence_TellsOfJoinsStatesAndLeaves()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");
        await using TestClient bob = await host.ConnectAsync("bob");
        JsonElement joined = await ann.JoinAsync("r", ""","presence":true""");
        Assert.Equal("ann", Assert.Single(joined.GetProperty("presence").GetProperty("members").EnumerateArray()).Text("user"));

        await bob.JoinAsync("r", ""","state":{"mood":"happy"}""");
        JsonElement came = (await ann.NextAsync("presence_change")).GetProperty("joined")[0];
        await bob.AskAsync("""{"type":"state","room":"r","state":{"mood":"sad"}}""");
        JsonElement changed = (await ann.NextAsync("presence_change")).GetProperty("updated")[0];
        JsonElement asked = await ann.AskAsync("""{"type":"presence","room":"r"}""");
        await bob.AskAsync("""{"type":"leave","room":"r"}""");
        JsonElement went = await ann.NextAsync("presence_change");

        Assert.Equal("happy", came.GetProperty("state").Text("mood"));
        Assert.Equal("sad", changed.GetProperty("state").Text("mood"));
        Assert.Equal(2, asked.Number("count"));
        Assert.Equal(bob.Id, went.GetProperty("left")[0].GetString());
        Assert.Equal(1, went.Number("count"));
    }

    [Theory]
    [InlineData("""{"type":"join","room":"r"}""", "already_joined")]
    [InlineData("""{"type":"leave","room":"other"}""", "not_joined")]
    [InlineData("""{"type":"publish","room":"other","data":1}""", "not_joined")]
    [InlineData("""{"type":"history","room":"other"}""", "not_joined")]
    [InlineData("""{"type":"presence","room":"other"}""", "not_joined")]
    [InlineData("""{"type":"state","room":"other","state":{}}""", "not_joined")]
    [InlineData("""{"type":"send","user":"nobody","data":1}""", "no_such_connection")]
    [InlineData("""{"type":"send","connection":"nobody","data":1}""", "no_such_connection")]
    [InlineData("""{"type":"connect"}""", "already_connected")]
    [InlineData("""{"type":"dance"}""", "unknown_command")]
    [InlineData("""{"type":"publish","room":1,"data":1}""", "bad_field")]
    [InlineData("""{"type":"join","room":""}""", "bad_name")]
    [InlineData("""{"type":"history","room":"r","after":{"epoch":"0000000000000001","offset":1}}""", "position_unknown")]
    public async Task Command_ThatCannotBeCarriedOut_IsAnsweredWithAnErrorAndTheConnectionLives(string command, string code)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");
        await ann.JoinAsync("r");

        (await ann.AskAsync(command)).ShouldBeError(code);
        Assert.Equal("published", (await ann.PublishAsync("r", "1")).Type());
    }

    [Fact]
    public async Task Text_ThatIsNotJson_IsAnsweredWithAnErrorAndTheConnectionLives()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");

        await ann.SendAsync("hello");
        (await ann.NextAsync()).ShouldBeError("bad_json");
        await ann.SendBinaryAsync([0]);
        (await ann.NextAsync()).ShouldBeError("bad_frame");
        Assert.Equal("pong", (await ann.AskAsync("""{"type":"ping"}""")).Type());
    }

    [Fact]
    public async Task Command_BeforeConnect_IsAnErrorButConnectStillWorks()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ClientAsync("ann");

        (await ann.JoinAsync("r")).ShouldBeError("not_connected");
        Assert.Equal("welcome", (await ann.ConnectAsync()).Type());
        Assert.Equal("joined", (await ann.JoinAsync("r")).Type());
    }

    [Fact]
    public async Task Join_OfMoreRoomsThanAllowed_IsAnError()
    {
        InProcessOptions backplane = new();
        backplane.Connections.MaxRooms = 2;
        await using GatewayHost host = await GatewayHost.StartAsync(backplane: backplane);
        await using TestClient ann = await host.ConnectAsync("ann");
        await ann.JoinAsync("a");
        await ann.JoinAsync("b");

        (await ann.JoinAsync("c")).ShouldBeError("too_many_rooms");
        await ann.AskAsync("""{"type":"leave","room":"a"}""");
        Assert.Equal("joined", (await ann.JoinAsync("c")).Type());
    }

    [Fact]
    public async Task Publish_LargerThanTheRoomTakes_IsAnErrorAndLargerThanTheSocketTakesCloses()
    {
        InProcessOptions backplane = new();
        backplane.Rooms.Kinds.Add(new RoomKind { Pattern = "small:*", Options = new RoomOptions { MaxPayloadBytes = 10 } });
        await using GatewayHost host = await GatewayHost.StartAsync(backplane: backplane);
        await using TestClient ann = await host.ConnectAsync("ann");
        await ann.JoinAsync("small:1");

        (await ann.PublishAsync("small:1", "\"0123456789\"")).ShouldBeError("too_large");
        Assert.Equal("published", (await ann.PublishAsync("small:1", "\"01234567\"")).Type());
        await ann.SendAsync(new string(' ', 200_000));
        Assert.Equal(1009, await ann.ClosedAsync());
    }

    [Fact]
    public async Task History_IsReadInPagesInBothDirections()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");
        string epoch = (await ann.JoinAsync("r")).Text("epoch");
        for (int i = 1; i <= 10; i++)
        {
            await ann.PublishAsync("r", $"{i}");
        }

        JsonElement oldest = await ann.AskAsync("""{"type":"history","room":"r","order":"oldest","limit":3}""");
        JsonElement next = await ann.AskAsync(
            $$"""{"type":"history","room":"r","limit":100,"after":{{TestClient.Position(epoch, 3)}} }""");
        JsonElement newest = await ann.AskAsync("""{"type":"history","room":"r","order":"newest","limit":2}""");

        Assert.Equal([1, 2, 3], Offsets(oldest));
        Assert.True(oldest.GetProperty("more").GetBoolean());
        Assert.Equal([4, 5, 6, 7, 8, 9, 10], Offsets(next));
        Assert.False(next.GetProperty("more").GetBoolean());
        Assert.Equal([10, 9], Offsets(newest));
        Assert.Equal(10, newest.Number("offset"));
    }

    private static long[] Offsets(JsonElement history) =>
        [.. history.GetProperty("messages").EnumerateArray().Select(message => message.Number("offset"))];
}
