using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Listening;

public sealed class TlsTests
{
    private static readonly X509Certificate2 Ours = SelfSigned();

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Echo_OverTls_ReturnsEachMessageAndEndsCleanly(bool deflate, bool raw)
    {
        await using GatewayHost host = await (raw ? StartRawAsync() : StartAsync());
        using ClientWebSocket socket = await host.OpenAsync("/echo", options => Configure(options, deflate));
        await using TestClient client = new(socket);
        byte[] large = new byte[1024 * 1024];
        new Random(7).NextBytes(large.AsSpan(0, large.Length / 2));

        foreach (byte[] message in new[] { [], "hi"u8.ToArray(), large, [1, 2, 3] })
        {
            await client.SendBinaryAsync(message);
            (WebSocketMessageType type, byte[] echo) = await client.ReceiveAsync();
            Assert.Equal(WebSocketMessageType.Binary, type);
            Assert.Equal(message, echo);
        }

        await client.SendAsync("grüße");
        Assert.Equal("grüße"u8.ToArray(), (await client.ReceiveAsync()).Bytes);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", Limit.Token());

        Assert.Equal(WebSocketState.Closed, socket.State);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Fact]
    public async Task Members_OverTlsOnLoopback_SpeakTheProtocolAndStopWith1001()
    {
        await using GatewayHost host = await StartAsync();
        await using TestClient ann = new(await host.OpenAsync("/ws?user=ann", options => Configure(options, deflate: true)));
        await ann.ConnectAsync();
        await ann.JoinAsync("r");

        for (int i = 1; i <= 5; i++)
        {
            string data = Payloads.Noise(i, 60_000);
            await ann.PublishAsync("r", data);
            JsonMessageIs(await ann.NextAsync("message"), i, data);
        }

        Task stop = host.StopAsync();
        Assert.Equal(1001, await ann.ClosedAsync());
        await ann.Socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, null, Limit.Token());
        await stop.WaitAsync(Limit.Time);
    }

    [Fact]
    public async Task Refusal_OverTls_HasItsStatusAndHeaders()
    {
        await using GatewayHost host = await StartAsync();
        using HttpClientHandler handler = new();
        handler.ServerCertificateCustomValidationCallback = static (_, shown, _, _) => IsOurs(shown);
        using HttpClient http = new(handler) { BaseAddress = host.Address };

        using HttpResponseMessage answer = await http.GetAsync("/ws", Limit.Token());

        Assert.Equal(HttpStatusCode.UpgradeRequired, answer.StatusCode);
        Assert.Equal("websocket", Assert.Single(answer.Headers.Upgrade).Name);
    }

    [Fact]
    public async Task Goodbye_OverTls_EndsTheSocketWithoutTimePassing()
    {
        await using GatewayHost host = await StartAsync();
        await using TestClient ann = new(await host.OpenAsync("/ws?user=ann", options => Configure(options, deflate: false)));
        await ann.ConnectAsync();

        await ann.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Limit.Token());

        await host.Backplane.CalledAsync("CloseAsync");
    }

    private static void JsonMessageIs(JsonElement message, long offset, string data)
    {
        Assert.Equal(offset, message.Number("offset"));
        Assert.Equal(data, message.GetProperty("data").GetRawText());
    }

    private static void Configure(ClientWebSocketOptions options, bool deflate)
    {
        options.RemoteCertificateValidationCallback = static (_, shown, _, _) => IsOurs(shown);
        options.AddSubProtocol("switchboard.v1.json");
        options.DangerousDeflateOptions = deflate ? new WebSocketDeflateOptions() : null;
    }

    private static Task<GatewayHost> StartAsync() => GatewayHost.StartAsync(build: builder =>
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(Ours))));

    // The gateway behind TLS on the connection itself, rather than behind ASP.NET Core.
    private static Task<GatewayHost> StartRawAsync() => GatewayHost.StartAsync(build: builder =>
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(Ours).UseSwitchboard())));

    private static bool IsOurs(X509Certificate? shown) => shown?.GetCertHashString() == Ours.Thumbprint;

    private static X509Certificate2 SelfSigned()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
