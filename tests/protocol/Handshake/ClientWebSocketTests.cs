using System.Net;
using System.Net.WebSockets;
using Switchboard.Protocol.Deflate;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Tests.Handshake;

/// <summary>The base library's own clients, against our half of the handshake, over memory.</summary>
public sealed class ClientWebSocketTests
{
    // Over memory an answer is there at once or never.
    private static CancellationToken AnswerTimeout => new CancellationTokenSource(TimeSpan.FromSeconds(10)).Token;

    [Fact]
    public async Task Connect_Plain_Opens()
    {
        (ClientWebSocket client, HandshakeResult result) = await ConnectAsync(_ => { }, new HandshakeOptions());

        using (client)
        {
            Assert.Equal(WebSocketState.Open, client.State);
            Assert.Null(client.SubProtocol);
            Assert.Null(result.Acceptance!.Deflate);
        }
    }

    [Fact]
    public async Task Connect_WithSubprotocols_AgreesOnTheClientsFirst()
    {
        (ClientWebSocket client, _) = await ConnectAsync(
            o =>
            {
                o.AddSubProtocol("other");
                o.AddSubProtocol("superchat");
                o.AddSubProtocol("chat");
                o.SetRequestHeader("Origin", "https://example.com");
            },
            new HandshakeOptions
            {
                Subprotocols = ["chat", "superchat"],
                Origins = new OriginPolicy(["https://example.com"]),
            });

        using (client)
        {
            Assert.Equal("superchat", client.SubProtocol);
        }
    }

    // The client fails the connection where the answer does not fit its offer.
    [Theory]
    [InlineData(15, true, 15, true, false, 15, 9)]
    [InlineData(12, true, 10, false, true, 15, 9)]
    [InlineData(9, false, 9, false, true, 9, 9)]
    [InlineData(15, false, 11, true, false, 10, 15)]
    [InlineData(13, true, 14, true, true, 11, 9)]
    public async Task Connect_WithDeflate_FindsTheAnswerFit(
        int clientBits, bool clientTakeover, int serverBits, bool serverTakeover, bool allow, int max, int min)
    {
        HandshakeOptions options = new()
        {
            Deflate = new()
            {
                AllowServerContextTakeover = allow,
                AllowClientContextTakeover = allow,
                MaxServerWindowBits = max,
                MaxClientWindowBits = max,
            },
            MinServerWindowBits = min,
        };

        (ClientWebSocket client, HandshakeResult result) = await ConnectAsync(
            o => o.DangerousDeflateOptions = new WebSocketDeflateOptions
            {
                ClientMaxWindowBits = clientBits,
                ClientContextTakeover = clientTakeover,
                ServerMaxWindowBits = serverBits,
                ServerContextTakeover = serverTakeover,
            },
            options);

        using (client)
        {
            bool declined = serverBits < min;
            DeflateParameters expected = new(
                !(serverTakeover && allow),
                !(clientTakeover && allow),
                Math.Min(serverBits, max),
                Math.Min(clientBits, max));
            Assert.Equal(WebSocketState.Open, client.State);
            Assert.Equal(declined ? null : expected, result.Acceptance!.Deflate);
        }
    }

    [Fact]
    public async Task Connect_Refused_GivesTheStatus()
    {
        using ClientWebSocket client = new();
        client.Options.CollectHttpResponseDetails = true;
        client.Options.SetRequestHeader("Origin", "https://evil.example");
        using HttpMessageInvoker invoker = Invoker(new ScriptedServerStream(new HandshakeOptions()));

        await Assert.ThrowsAsync<WebSocketException>(
            () => client.ConnectAsync(new Uri("ws://server.example.com/chat"), invoker, AnswerTimeout));

        Assert.Equal(HttpStatusCode.Forbidden, client.HttpStatusCode);
    }

    [Fact]
    public async Task Get_WithoutUpgrade_IsReadAsAnHttpAnswer()
    {
        using HttpMessageInvoker invoker = Invoker(new ScriptedServerStream(new HandshakeOptions()));
        using HttpRequestMessage request = new(HttpMethod.Get, "http://server.example.com/chat?x=y");

        using HttpResponseMessage response = await invoker.SendAsync(request, AnswerTimeout);

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
        Assert.Equal("websocket", Assert.Single(response.Headers.Upgrade).Name);
        Assert.Equal(["Upgrade", "close"], response.Headers.Connection);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal("text/plain; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("This endpoint speaks WebSocket only.", await response.Content.ReadAsStringAsync());
    }

    private static async Task<(ClientWebSocket Client, HandshakeResult Result)> ConnectAsync(
        Action<ClientWebSocketOptions> configure, HandshakeOptions options)
    {
        ClientWebSocket client = new();
        configure(client.Options);
        ScriptedServerStream server = new(options);
        using HttpMessageInvoker invoker = Invoker(server);
        await client.ConnectAsync(new Uri("ws://server.example.com/chat"), invoker, AnswerTimeout);
        return (client, server.Result!);
    }

    private static HttpMessageInvoker Invoker(ScriptedServerStream server) =>
        new(new SocketsHttpHandler { ConnectCallback = (_, _) => ValueTask.FromResult<Stream>(server) });
}
