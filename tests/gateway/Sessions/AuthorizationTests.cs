using System.Text.Json;
using Switchboard.Gateway.Identity.Grants;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Sessions;

public sealed class AuthorizationTests
{
    private const string History = """{"type":"history","room":"r"}""";
    private const string Presence = """{"type":"presence","room":"r"}""";
    private const string Publish = """{"type":"publish","room":"r","data":1}""";
    private const string SendToUser = """{"type":"send","user":"ann","data":1}""";

    [Theory]
    [InlineData("publish", Publish, "published")]
    [InlineData("history", History, "history")]
    [InlineData("presence", Presence, "presence")]
    public async Task Command_InARoom_NeedsItsCapability(string capability, string command, string answer)
    {
        await using GatewayHost host = await TokenHost.StartAsync();
        await using TestClient with = await host.ConnectWithAsync(
            TokenHost.Token("ann", $$"""{"rooms":"r*","allow":["join","{{capability}}"]},{"rooms":"x","allow":["join"]}"""));
        await using TestClient without = await host.ConnectWithAsync(TokenHost.Token("bob", """{"rooms":"*","allow":["join"]}"""));
        await with.JoinAsync("r");
        await without.JoinAsync("r");

        Assert.Equal(answer, (await with.AskAsync(command)).Type());
        JsonElement refused = await without.AskAsync(command);
        refused.ShouldBeError("forbidden");
        Assert.Equal("r", refused.Text("room"));
        Assert.Contains(capability, refused.Text("message"), StringComparison.Ordinal);

        // The others are missing to both.
        foreach (string other in new[] { Publish, History, Presence }.Where(other => other != command))
        {
            (await with.AskAsync(other)).ShouldBeError("forbidden");
        }
    }

    [Fact]
    public async Task Client_WithoutCapabilities_MayDoNothing()
    {
        await using GatewayHost host = await TokenHost.StartAsync();
        await using TestClient client = await host.ConnectWithAsync(TokenHost.Token("ann", ""));

        (await client.JoinAsync("r")).ShouldBeError("forbidden");
        (await client.AskAsync(Publish)).ShouldBeError("not_joined");
        (await client.AskAsync(History)).ShouldBeError("not_joined");
        (await client.AskAsync(Presence)).ShouldBeError("not_joined");
        (await client.AskAsync(SendToUser)).ShouldBeError("forbidden");
        (await client.AskAsync($$"""{"type":"send","connection":"{{client.Id}}","data":1}""")).ShouldBeError("forbidden");

        // Its own feeds are its own.
        Assert.Equal("history", (await client.AskAsync("""{"type":"history","feed":"user"}""")).Type());
        Assert.Equal("history", (await client.AskAsync("""{"type":"history","feed":"connection"}""")).Type());
        Assert.Equal("pong", (await client.AskAsync("""{"type":"ping"}""")).Type());
    }

    [Fact]
    public async Task Send_NeedsTheUserAndToConnectionsAnyUser()
    {
        await using GatewayHost host = await TokenHost.StartAsync();
        await using TestClient some = await host.ConnectWithAsync(
            TokenHost.Token("ann", """{"users":"a*","allow":["send"]},{"rooms":"*","allow":["join"]}"""));
        await using TestClient any = await host.ConnectWithAsync(TokenHost.Token("bob", """{"users":"*","allow":["send"]}"""));
        string toConnection = $$"""{"type":"send","connection":"{{some.Id}}","data":1}""";

        Assert.Equal("sent", (await some.AskAsync(SendToUser)).Type());
        (await some.AskAsync("""{"type":"send","user":"bob","data":1}""")).ShouldBeError("forbidden");
        (await some.AskAsync(toConnection)).ShouldBeError("forbidden");
        Assert.Equal("sent", (await any.AskAsync(toConnection)).Type());
    }

    [Fact]
    public async Task Join_ThatAsksForPresence_NeedsTheCapability()
    {
        await using GatewayHost host = await TokenHost.StartAsync();
        await using TestClient client = await host.ConnectWithAsync(TokenHost.Token("ann", """{"rooms":"*","allow":["join"]}"""));

        (await client.JoinAsync("r", ",\"presence\":true")).ShouldBeError("forbidden");
        Assert.Equal("joined", (await client.JoinAsync("r")).Type());
    }

    [Fact]
    public async Task Recovery_NeedsTheCapabilityToReadHistory()
    {
        await using GatewayHost host = await TokenHost.StartAsync();
        await using TestClient bob = await host.ConnectWithAsync(TokenHost.Token("bob"));
        string epoch = (await bob.JoinAsync("r")).Text("epoch");
        await bob.PublishAsync("r", "1");
        string position = TestClient.Position(epoch, 0);
        await using TestClient ann = await host.ConnectWithAsync(TokenHost.Token("ann", """{"rooms":"*","allow":["join"]}"""));

        JsonElement joined = await ann.JoinAsync("r", $",\"position\":{position}");
        Assert.False(joined.GetProperty("recovered").GetBoolean());
        Assert.Equal("trimmed", joined.Text("reason"));
        Assert.Equal(1, joined.Number("offset"));

        // Nor by a resume with a position that was made up.
        ann.Drop();
        await using TestClient again = await host.ClientWithAsync($"?token={TokenHost.Token("ann", """{"rooms":"*","allow":["join"]}""")}", null);
        JsonElement welcome = await again.ConnectAsync(
            $$$""","resume":"{{{ann.Token}}}","positions":{"rooms":{"r":{{{position}}}}}""");
        Assert.Equal("trimmed", welcome.GetProperty("rooms").GetProperty("r").Text("reason"));
        await bob.PublishAsync("r", "2");
        Assert.Equal(2, (await again.NextAsync("message")).Number("offset"));
    }

    [Fact]
    public async Task Rules_OfTheConfiguration_AddToTheToken()
    {
        await using GatewayHost host = await TokenHost.StartAsync(access => access.Rules =
        [
            new AccessRuleOptions { Rooms = "lobby", Allow = [Capability.Join, Capability.Publish] },
            new AccessRuleOptions { Users = "support", Allow = [Capability.Send] },
        ]);
        await using TestClient client = await host.ConnectWithAsync(TokenHost.Token("ann", ""));
        await using TestClient support = await host.ConnectWithAsync(TokenHost.Token("support", ""));

        Assert.Equal("joined", (await client.JoinAsync("lobby")).Type());
        Assert.Equal("published", (await client.PublishAsync("lobby", "1")).Type());
        (await client.JoinAsync("lobby2")).ShouldBeError("forbidden");
        Assert.Equal("sent", (await client.AskAsync("""{"type":"send","user":"support","data":1}""")).Type());
    }

    [Fact]
    public async Task TokenForARoom_AllowsWhatItSaysInThatRoom()
    {
        await using GatewayHost host = await TokenHost.StartAsync();
        await using TestClient client = await host.ConnectWithAsync(TokenHost.Token("ann", """{"rooms":"*","allow":["history"]}"""));
        string token = $",\"token\":\"{TokenHost.RoomToken("r", "\"join\",\"publish\"")}\"";

        (await client.JoinAsync("s", token)).ShouldBeError("unauthorized");
        (await client.JoinAsync("r", ",\"presence\":true" + token)).ShouldBeError("forbidden");
        Assert.Equal("joined", (await client.JoinAsync("r", token)).Type());

        Assert.Equal("published", (await client.AskAsync(Publish)).Type());
        Assert.Equal("history", (await client.AskAsync(History)).Type());
        (await client.AskAsync(Presence)).ShouldBeError("forbidden");

        // It went with the membership.
        Assert.Equal("left", (await client.AskAsync("""{"type":"leave","room":"r"}""")).Type());
        (await client.JoinAsync("r")).ShouldBeError("forbidden");
    }
}
