using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Fallbacks;

public sealed class StreamTests
{
    [Fact]
    public async Task Stream_Opens_AsBrowsersAndProxiesWantIt()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using RawSocket socket = await RawSocket.ConnectAsync(host.EndPoint);

        await socket.SendAsync($"GET /fallback/sse?user=ann HTTP/1.1\r\nHost: {host.Address.Authority}\r\n\r\n");
        string head = await socket.ReadHeadAsync();

        Assert.StartsWith("HTTP/1.1 200", head, StringComparison.Ordinal);
        Assert.Contains("Content-Type: text/event-stream\r\n", head, StringComparison.Ordinal);
        Assert.Contains("Cache-Control: no-store\r\n", head, StringComparison.Ordinal);
        Assert.Contains("X-Accel-Buffering: no\r\n", head, StringComparison.Ordinal);
        string body = Encoding.ASCII.GetString(await socket.ReadAsync(2048));
        Assert.Contains("retry: 1000\n:", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_Silence_IsBrokenByComments()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using PollClient ann = new(host, "ann");
        using HttpResponseMessage response = await ann.Http.GetAsync(
            "/fallback/sse?user=ann", HttpCompletionOption.ResponseHeadersRead);
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync());
        while (!(await reader.ReadLineAsync(Limit.Token()))!.StartsWith("data: {", StringComparison.Ordinal))
        {
        }

        Assert.Equal("", await reader.ReadLineAsync(Limit.Token()));
        Task<string?> comment = reader.ReadLineAsync(Limit.Token()).AsTask();
        await host.AdvanceUntilAsync(comment, TimeSpan.FromSeconds(1));

        Assert.Equal(":", await comment);
    }

    [Fact]
    public async Task Stream_PayloadOfSeveralLines_IsOneEvent()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using PollClient ann = new(host, "ann");
        await using StreamClient stream = await OpenAsync(ann);
        await using TestClient bob = await host.ConnectAsync("bob");

        await bob.AskAsync("{\"type\":\"send\",\"user\":\"ann\",\"data\":[1,\n2,\r\n3]}");

        JsonElement message = await stream.NextAsync("message");
        Assert.Equal([1, 2, 3], message.GetProperty("data").EnumerateArray().Select(one => one.GetInt32()));
    }

    [Fact]
    public async Task Stream_ByGet_ResumesFromItsQuery()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using PollClient ann = new(host, "ann");
        await using TestClient bob = await host.ConnectAsync("bob");
        await ann.ConnectAsync();
        string epoch = (await ann.AskAsync("""{"type":"join","id":1,"room":"r"}"""))[0].Text("epoch");
        await bob.JoinAsync("r");
        await bob.PublishAsync("r", "1");
        await bob.PublishAsync("r", "2");
        string positions = Uri.EscapeDataString($$"""{"rooms":{"r":{{TestClient.Position(epoch, 1)}} } }""");

        await using StreamClient stream = await StreamClient.OpenAsync(
            ann, $"/fallback/sse?user=ann&resume={ann.Token}&positions={positions}&seq=7");
        JsonElement welcome = await stream.NextAsync("welcome");
        JsonElement message = await stream.NextAsync("message");
        using HttpResponseMessage sent = await SendAsync(ann, ann.Token, 7, """{"type":"ping","id":1}""");

        Assert.True(welcome.GetProperty("resumed").GetBoolean());
        Assert.Equal(2, message.Number("offset"));
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        Assert.Equal(1, (await stream.NextAsync("pong")).Number("id"));
    }

    [Fact]
    public async Task Stream_OfAnUnknownConnection_EndsWithTheError()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using PollClient ann = new(host, "ann");

        await using StreamClient stream = await StreamClient.OpenAsync(ann, "/fallback/sse?user=ann&resume=nonsense");

        (await stream.NextAsync())!.Value.ShouldBeError("resume_expired");
        Assert.Null(await stream.NextAsync());
    }

    [Fact]
    public async Task Stream_ThatIsReplaced_EndsWithTheReason()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using PollClient ann = new(host, "ann");
        await using StreamClient stream = await OpenAsync(ann);
        string token = (await stream.NextAsync("welcome")).Text("resume");

        await using TestClient socket = await host.ClientAsync("ann");
        await socket.ConnectAsync($$""","resume":"{{token}}" """);

        JsonElement closed = await stream.NextAsync("closed");
        Assert.Equal((4500, "replaced"), (closed.Number("code"), closed.Text("reason")));
        Assert.Null(await stream.NextAsync());
    }

    [Fact]
    public async Task Stream_LivesAsLongAsItMay_ThenGoesAway()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(
            options => options.Fallbacks.StreamLife = TimeSpan.FromMinutes(1));
        using PollClient ann = new(host, "ann");
        await using StreamClient stream = await OpenAsync(ann);

        Task<JsonElement> closed = stream.NextAsync("closed");
        await host.AdvanceUntilAsync(closed, TimeSpan.FromSeconds(5));

        Assert.Equal(1001, (await closed).Number("code"));
    }

    [Fact]
    public async Task Stream_ClientIsGone_IsDetached()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using PollClient ann = new(host, "ann");
        StreamClient stream = await OpenAsync(ann);
        await stream.NextAsync("welcome");

        await stream.DisposeAsync();

        await host.Backplane.CalledAsync("DetachAsync");
    }

    [Fact]
    public async Task Stream_ThatIsNotRead_IsCutOffAndTheOthersGoOn()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options =>
        {
            options.Outbound.MaxQueueBytes = 64 * 1024;
            options.Outbound.BehindBytes = 1024;
        });
        using Counters counters = new(host);
        using RawSocket socket = await RawSocket.ConnectAsync(host.EndPoint);
        await socket.SendAsync($"GET /fallback/sse?user=ann HTTP/1.1\r\nHost: {host.Address.Authority}\r\n\r\n");
        await socket.ReadHeadAsync();
        await using TestClient bob = await host.ConnectAsync("bob");
        while (counters["overflows"] == 0)
        {
            JsonElement sent = await bob.AskAsync($$"""{"type":"send","user":"ann","data":{{Payloads.Dull(60_000)}}}""");
            Assert.Equal("sent", sent.Type());
        }

        await host.AdvanceUntilAsync(host.Backplane.CalledAsync("DetachAsync"), TimeSpan.FromSeconds(1));

        Assert.Equal("pong", (await bob.AskAsync("""{"type":"ping"}""")).Type());
    }

    [Fact]
    public async Task Send_Repeated_IsCarriedOutOnce()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using PollClient ann = new(host, "ann");
        await using StreamClient stream = await OpenAsync(ann);
        string token = (await stream.NextAsync("welcome")).Text("resume");
        const string Publish = """{"type":"publish","id":2,"room":"r","data":1,"echo":false}""";

        using HttpResponseMessage first = await SendAsync(ann, token, 1, """{"type":"join","id":1,"room":"r"}""", Publish);
        using HttpResponseMessage again = await SendAsync(ann, token, 1, """{"type":"join","id":1,"room":"r"}""", Publish);
        using HttpResponseMessage next = await SendAsync(ann, token, 2, Publish);

        Assert.Equal([HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.Accepted],
            new[] { first, again, next }.Select(response => response.StatusCode));
        Assert.True((await BodyAsync(again)).GetProperty("repeated").GetBoolean());
        Assert.Equal("joined", (await stream.NextAsync())!.Value.Type());
        Assert.Equal(1, (await stream.NextAsync())!.Value.Number("offset"));
        Assert.Equal(2, (await stream.NextAsync())!.Value.Number("offset"));
    }

    [Fact]
    public async Task Send_OutOfOrder_IsToldWhatIsExpected()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using PollClient ann = new(host, "ann");
        await using StreamClient stream = await OpenAsync(ann);
        string token = (await stream.NextAsync("welcome")).Text("resume");

        using HttpResponseMessage response = await SendAsync(ann, token, 2, """{"type":"ping","id":1}""");

        JsonElement problem = await BodyAsync(response);
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal(("out_of_order", 1L), (problem.Text("code"), problem.Number("expected")));
    }

    [Fact]
    public async Task Send_ByWhomItDoesNotBelongTo_IsRefused()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using PollClient ann = new(host, "ann");
        using PollClient eve = new(host, "eve");
        await using StreamClient stream = await OpenAsync(ann);
        string token = (await stream.NextAsync("welcome")).Text("resume");
        string forged = token[..^1] + (token[^1] == 'A' ? 'B' : 'A');

        using HttpResponseMessage foreign = await SendAsync(eve, token, 1);
        using HttpResponseMessage wrong = await SendAsync(ann, forged, 1);

        Assert.Equal((HttpStatusCode.Forbidden, "resume_foreign"), (foreign.StatusCode, (await BodyAsync(foreign)).Text("code")));
        Assert.Equal((HttpStatusCode.Forbidden, "resume_wrong"), (wrong.StatusCode, (await BodyAsync(wrong)).Text("code")));
    }

    [Fact]
    public async Task Send_WithoutASession_IsToldSo()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using PollClient ann = new(host, "ann");
        await ann.ConnectAsync();
        await using TestClient socket = await host.ConnectAsync("ann");

        using HttpResponseMessage detached = await SendAsync(ann, ann.Token, 1);
        using HttpResponseMessage onASocket = await SendAsync(ann, socket.Token, 1);

        Assert.Equal((HttpStatusCode.Conflict, "no_session"), (detached.StatusCode, (await BodyAsync(detached)).Text("code")));
        Assert.Equal((HttpStatusCode.Conflict, "no_session"), (onASocket.StatusCode, (await BodyAsync(onASocket)).Text("code")));
    }

    [Fact]
    public async Task Send_MoreThanMayWait_IsNotTaken()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options =>
        {
            options.Fallbacks.MaxCommands = 1;
            options.Fallbacks.MaxWaitingCommands = 1;
        });
        using PollClient ann = new(host, "ann");
        await using StreamClient stream = await OpenAsync(ann);
        string token = (await stream.NextAsync("welcome")).Text("resume");
        byte[] request = Encoding.UTF8.GetBytes($$"""{"resume":"{{token}}","seq":1,"commands":[1,2]}""");

        ForwardResult result = await host.Services.GetRequiredService<IBackplane>()
            .ForwardAsync(new UserName("ann"), token, request);

        Assert.Equal(new ReceiveResult(ReceiveStatus.Busy, 1), result.Received);
    }

    [Fact]
    public async Task Send_WhileAPollWaits_IsAnsweredByThePoll()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options => options.Fallbacks.Linger = TimeSpan.Zero);
        using PollClient ann = new(host, "ann");
        await ann.ConnectAsync();
        Task<JsonElement[]> poll = ann.ResumeAsync(""","wait":25,"seq":5""");
        await host.Backplane.CalledAsync("ResumeAsync");

        using HttpResponseMessage sent = await SendAsync(
            ann, ann.Token, 5, """{"type":"join","id":1,"room":"r"}""", """{"type":"ping","id":2}""");

        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        Assert.Equal(["welcome", "joined", "pong"], (await poll).Select(one => one.Type()));
    }

    [Fact]
    public async Task Send_WithClose_EndsStreamAndConnection()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using PollClient ann = new(host, "ann");
        await using StreamClient stream = await OpenAsync(ann);
        string token = (await stream.NextAsync("welcome")).Text("resume");

        using HttpResponseMessage sent = await ann.PostAsync(
            "/fallback/send", $$"""{"resume":"{{token}}","seq":1,"close":true,"commands":[{"type":"ping","id":1}]}""");
        await stream.NextAsync("pong");
        Assert.Null(await stream.NextAsync());

        using HttpResponseMessage after = await SendAsync(ann, token, 2);
        Assert.Equal(HttpStatusCode.NotFound, after.StatusCode);
    }

    private static Task<StreamClient> OpenAsync(PollClient client) =>
        StreamClient.OpenAsync(client, "/fallback/sse?user=ann");

    private static Task<HttpResponseMessage> SendAsync(PollClient client, string token, long sequence, params string[] commands) =>
        client.PostAsync(
            "/fallback/send", $$"""{"resume":"{{token}}","seq":{{sequence}},"commands":[{{string.Join(',', commands)}}]}""");

    private static async Task<JsonElement> BodyAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
}
