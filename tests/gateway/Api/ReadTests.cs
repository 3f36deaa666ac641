using System.Text.Json;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Api;

public sealed class ReadTests
{
    [Fact]
    public async Task Rooms_PageByPage_AreAllThereByName()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        foreach (string room in new[] { "chat.b", "chat.a", "other", "chat.c&=/" })
        {
            await ApiHost.OkAsync(api.PostAsync("publish", $$"""{"room":"{{room}}","data":1}"""));
        }

        List<string> seen = [];
        string? next = null;
        do
        {
            JsonElement page = await ApiHost.OkAsync(api.GetAsync(
                $"rooms?pattern=chat.*&limit=2{(next is null ? "" : $"&after={Uri.EscapeDataString(next)}")}"));
            Assert.True(page.GetProperty("complete").GetBoolean());
            seen.AddRange(page.GetProperty("rooms").EnumerateArray().Select(room => room.Text("room")));
            next = page.TryGetProperty("next", out JsonElement more) ? more.GetString() : null;
        }
        while (next is not null);

        Assert.Equal(["chat.a", "chat.b", "chat.c&=/"], seen);
    }

    [Fact]
    public async Task History_InBothOrders_GoesOnFromAPosition()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        for (int i = 1; i <= 5; i++)
        {
            await ApiHost.OkAsync(api.PostAsync("publish", $$"""{"room":"r","data":{{i}}}"""));
        }

        JsonElement oldest = await ApiHost.OkAsync(api.GetAsync("history?room=r&limit=2"));
        string epoch = oldest.Text("epoch");
        JsonElement after = await ApiHost.OkAsync(api.GetAsync($"history?room=r&after={epoch}:2&limit=2"));
        JsonElement before = await ApiHost.OkAsync(api.GetAsync($"history?room=r&before={epoch}:5&limit=2"));

        Assert.Equal([1, 2], Offsets(oldest));
        Assert.Equal([3, 4], Offsets(after));
        Assert.Equal([4, 3], Offsets(before));
        Assert.True(before.GetProperty("more").GetBoolean());
        Assert.Equal(5, oldest.Number("offset"));
        await ApiHost.FailsAsync(api.GetAsync("history?room=r&after=0000000000000001:0"), 422, "position_unknown");
    }

    [Fact]
    public async Task ConnectionAndUser_Connected_AreShown()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await using TestClient ann = await api.Gateway.ConnectAsync("ann");
        await ann.JoinAsync("r");

        JsonElement connection = await ApiHost.OkAsync(api.GetAsync($"connection?connection={ann.Id}"));
        JsonElement user = await ApiHost.OkAsync(api.GetAsync("user?user=ann"));
        JsonElement room = await ApiHost.OkAsync(api.GetAsync("room?room=r"));

        Assert.Equal(("ann", true), (connection.Text("user"), connection.GetProperty("attached").GetBoolean()));
        Assert.Equal("r", Assert.Single(connection.GetProperty("rooms").EnumerateArray()).GetString());
        Assert.Equal(ann.Id, Assert.Single(user.GetProperty("connections").EnumerateArray()).Text("connection"));
        Assert.Equal(("full", 1L, 0L), (room.Text("mode"), room.Number("count"), room.Number("offset")));
    }

    [Theory]
    [InlineData("room?room=nowhere", 404, "no_such_room")]
    [InlineData("members?room=nowhere", 404, "no_such_room")]
    [InlineData("history?room=nowhere", 404, "no_such_room")]
    [InlineData("connection?connection=nobody", 404, "no_such_connection")]
    [InlineData("room", 400, "bad_field")]
    [InlineData("room?room=", 400, "bad_name")]
    [InlineData("room?room=a&room=b", 400, "bad_field")]
    [InlineData("room?room=%00", 400, "bad_name")]
    [InlineData("members?room=r&limit=0", 400, "bad_field")]
    [InlineData("members?room=r&limit=1%00", 400, "bad_field")]
    [InlineData("members?room=r&limit=1001", 400, "bad_field")]
    [InlineData("history?room=r&limit=101", 400, "bad_field")]
    [InlineData("history?room=r&order=random", 400, "bad_field")]
    [InlineData("history?room=r&after=5", 400, "bad_field")]
    [InlineData("history?room=r&after=0000000000000001:0%00", 400, "bad_field")]
    [InlineData("history?room=r&order=newest&after=0000000000000001:0", 400, "bad_field")]
    [InlineData("nothing", 404, "not_found")]
    [InlineData("publish", 405, "method_not_allowed")]
    public async Task Get_Wrong_SaysWhatIsWrong(string path, int status, string code)
    {
        await using ApiHost api = await ApiHost.StartAsync();

        await ApiHost.FailsAsync(api.GetAsync(path), status, code);
    }

    private static long[] Offsets(JsonElement history) =>
        [.. history.GetProperty("messages").EnumerateArray().Select(message => message.Number("offset"))];
}
