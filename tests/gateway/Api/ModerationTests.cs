using System.Text.Json;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Api;

public sealed class ModerationTests
{
    [Fact]
    public async Task Join_ForAConnection_IsPushedAndReceives()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await using TestClient ann = await api.Gateway.ConnectAsync("ann");

        await ApiHost.OkAsync(api.PostAsync("join", $$"""{"state":{"a":1},"connection":"{{ann.Id}}","room":"r","presence":true}"""));
        JsonElement joined = await ann.NextAsync("joined");
        await ApiHost.OkAsync(api.PostAsync("publish", """{"room":"r","data":1}"""));

        Assert.False(joined.TryGetProperty("id", out _));
        Assert.Equal(("r", 1L), (joined.Text("room"), joined.GetProperty("presence").Number("count")));
        Assert.Equal(1, (await ann.NextAsync("message")).Number("offset"));
        Assert.Equal("published", (await ann.PublishAsync("r", "2")).Type());
        JsonElement members = await ApiHost.OkAsync(api.GetAsync("members?room=r"));
        Assert.Equal("""{"a":1}""", Assert.Single(members.GetProperty("members").EnumerateArray()).GetProperty("state").GetRawText());
        await ApiHost.FailsAsync(api.PostAsync("join", $$"""{"connection":"{{ann.Id}}","room":"r"}"""), 409, "already_joined");
    }

    [Fact]
    public async Task Leave_ForAConnection_IsPushedWithTheReason()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await using TestClient ann = await api.Gateway.ConnectAsync("ann");
        await ann.JoinAsync("r");

        await ApiHost.OkAsync(api.PostAsync("leave", $$"""{"connection":"{{ann.Id}}","room":"r","reason":"enough"}"""));

        JsonElement left = await ann.NextAsync("left");
        Assert.Equal(("r", "enough"), (left.Text("room"), left.Text("reason")));
        (await ann.PublishAsync("r", "1")).ShouldBeError("not_joined");
        await ApiHost.FailsAsync(api.PostAsync("leave", $$"""{"connection":"{{ann.Id}}","room":"r"}"""), 409, "not_joined");
    }

    [Fact]
    public async Task JoinAndLeave_BesideTheClientsOwn_LeaveNothingBehind()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await using TestClient ann = await api.Gateway.ConnectAsync("ann");
        for (int i = 0; i < 50; i++)
        {
            Task<(System.Net.HttpStatusCode, JsonElement)> join =
                api.PostAsync("join", $$"""{"connection":"{{ann.Id}}","room":"r"}""");
            JsonElement own = await ann.JoinAsync("r");
            (System.Net.HttpStatusCode status, _) = await join;

            Assert.Equal(1, (own.Type() == "joined" ? 1 : 0) + (status == System.Net.HttpStatusCode.NoContent ? 1 : 0));
            Assert.Equal("left", (await ann.AskAsync("""{"type":"leave","room":"r"}""")).Type());
        }

        Assert.Equal(0, (await ApiHost.OkAsync(api.GetAsync("room?room=r"))).Number("count"));
    }

    [Fact]
    public async Task Disconnect_Connection_ClosesWith4504()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await using TestClient ann = await api.Gateway.ConnectAsync("ann");

        JsonElement answer = await ApiHost.OkAsync(api.PostAsync("disconnect", $$"""{"connection":"{{ann.Id}}"}"""));

        Assert.Equal(1, answer.Number("disconnected"));
        Assert.Equal(4504, await ann.ClosedAsync());
        await using TestClient again = await api.Gateway.ClientAsync("ann");
        (await again.ConnectAsync($",\"resume\":\"{ann.Token}\"")).ShouldBeError("resume_expired");
        await ApiHost.FailsAsync(api.PostAsync("disconnect", $$"""{"connection":"{{ann.Id}}"}"""), 404, "no_such_connection");
    }

    [Fact]
    public async Task Disconnect_User_ClosesAllItsSockets()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await using TestClient one = await api.Gateway.ConnectAsync("ann");
        await using TestClient two = await api.Gateway.ConnectAsync("ann");

        JsonElement answer = await ApiHost.OkAsync(api.PostAsync("disconnect", """{"user":"ann"}"""));

        Assert.Equal(2, answer.Number("disconnected"));
        Assert.Equal((4504, 4504), (await one.ClosedAsync(), await two.ClosedAsync()));
    }

    [Fact]
    public async Task Ban_User_ClosesWith4505AndRefusesUntilItIsOver()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await using TestClient ann = await api.Gateway.ConnectAsync("ann");

        await ApiHost.OkAsync(api.PostAsync("ban", """{"user":"ann","seconds":3600,"reason":"spam"}"""));

        Assert.Equal(4505, await ann.ClosedAsync());
        await using TestClient refused = await api.Gateway.ClientAsync("ann");
        JsonElement error = await refused.ConnectAsync();
        error.ShouldBeError("banned");
        Assert.EndsWith(": spam", error.Text("message"), StringComparison.Ordinal);
        Assert.Equal(4505, await refused.ClosedAsync());
        Assert.Equal("spam", (await ApiHost.OkAsync(api.GetAsync("user?user=ann"))).GetProperty("ban").Text("reason"));
        Assert.Equal("ann", Assert.Single((await ApiHost.OkAsync(api.GetAsync("bans"))).GetProperty("bans").EnumerateArray()).Text("user"));

        api.Gateway.Time.Advance(TimeSpan.FromSeconds(3600));
        await using TestClient back = await api.Gateway.ConnectAsync("ann");
        Assert.Empty((await ApiHost.OkAsync(api.GetAsync("bans"))).GetProperty("bans").EnumerateArray());
    }

    [Fact]
    public async Task Ban_WhileTheUserConnects_EndsThatConnectionToo()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        api.Gateway.Backplane.Opened = async () =>
        {
            api.Gateway.Backplane.Opened = null;
            JsonElement answer = await ApiHost.OkAsync(api.PostAsync("ban", """{"user":"ann","seconds":3600}"""));
            Assert.Equal(1, answer.Number("disconnected"));
        };
        await using TestClient ann = await api.Gateway.ClientAsync("ann");

        await ann.SendAsync("""{"type":"connect"}""");

        Assert.Equal(4505, await ann.ClosedAsync());
    }

    [Fact]
    public async Task Unban_User_LetsItIn()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await ApiHost.OkAsync(api.PostAsync("ban", """{"user":"ann","seconds":3600}"""));

        await ApiHost.OkAsync(api.PostAsync("unban", """{"user":"ann"}"""));

        await using TestClient ann = await api.Gateway.ConnectAsync("ann");
        Assert.NotEmpty(ann.Id);
    }

    [Theory]
    [InlineData("ban", """{"user":"ann"}""")]
    [InlineData("ban", """{"user":"ann","seconds":0}""")]
    [InlineData("ban", """{"user":"ann","seconds":1.5}""")]
    [InlineData("ban", """{"user":"ann","seconds":31536001}""")]
    [InlineData("ban", """{"user":"ann","seconds":1,"reason":"a\nb"}""")]
    [InlineData("disconnect", """{}""")]
    [InlineData("disconnect", """{"user":"a","connection":"b"}""")]
    [InlineData("join", """{"connection":"a","room":"b","state":[]}""")]
    [InlineData("join", """{"room":"b"}""")]
    [InlineData("unban", """{}""")]
    public async Task Moderate_WrongBody_SaysWhatIsWrong(string path, string body)
    {
        await using ApiHost api = await ApiHost.StartAsync();

        await ApiHost.FailsAsync(api.PostAsync(path, body), 400, "bad_field");
    }
}
