using System.Text.Json;
using Switchboard.Core.InProcess;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Api;

public sealed class PublishTests
{
    [Fact]
    public async Task Publish_ToARoom_ReachesMembersByteForByte()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await using TestClient ann = await api.Gateway.ConnectAsync("ann");
        JsonElement joined = await ann.JoinAsync("r/ö 1");

        JsonElement answer = await ApiHost.OkAsync(api.PostAsync("publish", """{"room":"r/ö 1","data": { "a" : [1.50, "\u00e4"] } ,"unknown":1}"""));

        Assert.Equal((joined.Text("epoch"), 1L, "r/ö 1"), (answer.Text("epoch"), answer.Number("offset"), answer.Text("room")));
        JsonElement message = await ann.NextAsync("message");
        Assert.Equal("""{ "a" : [1.50, "\u00e4"] }""", message.GetProperty("data").GetRawText());
        Assert.False(message.TryGetProperty("from", out _));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Publish_SameKeyTwice_IsTheFirstPosition(bool header)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        Task<JsonElement> PublishAsync() => header
            ? ApiHost.OkAsync(api.PostAsync("publish", """{"room":"r","data":1}""", request => request.Headers.Add("Idempotency-Key", "\"k\"")))
            : ApiHost.OkAsync(api.PostAsync("publish", """{"room":"r","data":1,"key":"k"}"""));

        JsonElement first = await PublishAsync();
        JsonElement second = await PublishAsync();

        Assert.Equal(first.Number("offset"), second.Number("offset"));
        Assert.False(first.TryGetProperty("duplicate", out _));
        Assert.True(second.GetProperty("duplicate").GetBoolean());
    }

    [Fact]
    public async Task Publish_ToManyRooms_HasAResultForEach()
    {
        InProcessOptions rooms = new();
        await using ApiHost api = await ApiHost.StartAsync();
        string large = new('x', 70_000);

        JsonElement answer = await ApiHost.OkAsync(api.PostAsync("publish", """{"rooms":["a","b"],"data":1,"class":"latest","slot":"s"}"""));
        JsonElement refused = await ApiHost.OkAsync(api.PostAsync("publish", $$"""{"rooms":["a","b"],"data":"{{large}}"}"""));

        Assert.Equal(["a", "b"], answer.GetProperty("results").EnumerateArray().Select(result => result.Text("room")));
        Assert.All(answer.GetProperty("results").EnumerateArray(), result => Assert.Equal(1, result.Number("offset")));
        Assert.Equal(rooms.Rooms.Default.MaxPayloadBytes < large.Length, refused.GetProperty("results")[0].TryGetProperty("error", out _));
    }

    [Fact]
    public async Task Publish_BinaryAndVolatile_ArriveAsTheyAre()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await using TestClient ann = await api.Gateway.ConnectAsync("ann");
        await ann.JoinAsync("r");

        JsonElement none = await ApiHost.OkAsync(api.PostAsync("publish", """{"room":"r","data":null,"class":"volatile"}"""));
        await ApiHost.OkAsync(api.PostAsync("publish", """{"room":"r","base64":"AAEC/w=="}"""));

        Assert.False(none.TryGetProperty("offset", out _));
        Assert.Equal("null", (await ann.NextAsync("message")).GetProperty("data").GetRawText());
        Assert.Equal([0, 1, 2, 255], (await ann.ReceiveAsync()).Bytes[^4..]);
        JsonElement history = await ApiHost.OkAsync(api.GetAsync("history?room=r"));
        Assert.Equal("AAEC/w==", Assert.Single(history.GetProperty("messages").EnumerateArray()).Text("base64"));
    }

    [Fact]
    public async Task Send_ToAUserAndAConnection_ReachesThem()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await using TestClient ann = await api.Gateway.ConnectAsync("ann");

        JsonElement toUser = await ApiHost.OkAsync(api.PostAsync("send", """{"user":"ann","data":"u"}"""));
        JsonElement toConnection = await ApiHost.OkAsync(api.PostAsync("send", $$"""{"connection":"{{ann.Id}}","data":"c"}"""));

        Assert.Equal((1L, 1L), (toUser.Number("offset"), toConnection.Number("offset")));
        string[] feeds = [(await ann.NextAsync("message")).Text("feed"), (await ann.NextAsync("message")).Text("feed")];
        Assert.Equal(["connection", "user"], feeds.Order());
        await ApiHost.FailsAsync(api.PostAsync("send", """{"user":"nobody","data":1}"""), 404, "no_such_connection");
    }

    [Theory]
    [InlineData("""[]""", "bad_json")]
    [InlineData("""null""", "bad_json")]
    [InlineData("""{"room":"r","data":1""", "bad_json")]
    [InlineData("""{"room":"r","data":1}{}""", "bad_json")]
    [InlineData("""{"data":1}""", "bad_field")]
    [InlineData("""{"room":"r"}""", "bad_field")]
    [InlineData("""{"room":"r","rooms":["a"],"data":1}""", "bad_field")]
    [InlineData("""{"rooms":[],"data":1}""", "bad_field")]
    [InlineData("""{"rooms":["a",null],"data":1}""", "bad_field")]
    [InlineData("""{"rooms":["a","a"],"data":1}""", "bad_field")]
    [InlineData("""{"room":"","data":1}""", "bad_name")]
    [InlineData("""{"room":"a\u0000","data":1}""", "bad_name")]
    [InlineData("""{"room":"\ud800","data":1}""", "bad_field")]
    [InlineData("""{"room":"r","room":"r","data":1}""", "bad_field")]
    [InlineData("""{"room":1,"data":1}""", "bad_field")]
    [InlineData("""{"room":"r","data":1,"base64":"AA=="}""", "bad_field")]
    [InlineData("""{"room":"r","base64":"A"}""", "bad_field")]
    [InlineData("""{"room":"r","data":1,"class":"best"}""", "bad_field")]
    [InlineData("""{"room":"r","data":1,"class":"latest"}""", "bad_field")]
    [InlineData("""{"room":"r","data":1,"slot":"s"}""", "bad_field")]
    [InlineData("""{"room":"r","data":1,"class":"volatile","key":"k"}""", "bad_field")]
    [InlineData("""{"room":"r","data":1,"key":""}""", "bad_name")]
    public async Task Publish_WrongBody_SaysWhatIsWrong(string body, string code)
    {
        await using ApiHost api = await ApiHost.StartAsync();

        await ApiHost.FailsAsync(api.PostAsync("publish", body), 400, code);
    }

    [Theory]
    [InlineData(56, true)]
    [InlineData(57, false)]
    public async Task Publish_DeepData_IsAsDeepAsOnTheSockets(int depth, bool accepted)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        string data = new string('[', depth) + new string(']', depth);

        (System.Net.HttpStatusCode status, _) = await api.PostAsync("publish", $$"""{"room":"r","data":{{data}}}""");

        Assert.Equal(accepted ? 200 : 400, (int)status);
    }

    [Fact]
    public async Task Publish_KeysThatDiffer_AreRefused()
    {
        await using ApiHost api = await ApiHost.StartAsync();

        await ApiHost.FailsAsync(
            api.PostAsync("publish", """{"room":"r","data":1,"key":"a"}""", request => request.Headers.Add("Idempotency-Key", "b")),
            400,
            "bad_field");
    }

    [Fact]
    public async Task Body_TooLargeOrOfAnotherKind_IsRefused()
    {
        await using ApiHost api = await ApiHost.StartAsync(options => options.Api.MaxBodyBytes = 1024);
        string body = $$"""{"room":"r","data":"{{new string('x', 1100)}}"}""";

        await ApiHost.FailsAsync(api.PostAsync("publish", body), 413, "too_large");
        await ApiHost.FailsAsync(api.PostAsync("publish", body, request => request.Headers.TransferEncodingChunked = true), 413, "too_large");
        await ApiHost.FailsAsync(
            api.PostAsync("publish", """{"room":"r","data":1}""", request => request.Content!.Headers.ContentType = new("text/plain")),
            415,
            "unsupported_media_type");
    }

    [Fact]
    public async Task Body_NotUtf8_IsRefused()
    {
        await using ApiHost api = await ApiHost.StartAsync();

        await ApiHost.FailsAsync(
            api.PostAsync("publish", "", request =>
            {
                request.Content = new ByteArrayContent([.. "{\"room\":\"r\",\"data\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
                request.Content.Headers.ContentType = new("application/json");
            }),
            400,
            "bad_json");
    }
}
