using System.Net;
using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;
using Switchboard.Core.InProcess;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Listening;

/// <summary>WebSockets over HTTP/2 (RFC 8441), with the base library's client.</summary>
public sealed class Http2Tests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"switchboard-{Guid.NewGuid():n}.pem");
    private readonly string _shown;
    private readonly HttpMessageInvoker _invoker;

    public Http2Tests()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(_path, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        _shown = certificate.Thumbprint;
        _invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == _shown },
        });
    }

    public void Dispose()
    {
        _invoker.Dispose();
        File.Delete(_path);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Echo_OverHttp2_ReturnsEachMessageAndEndsCleanly(bool deflate)
    {
        await using GatewayHost host = await StartAsync();
        using ClientWebSocket socket = await OpenAsync(host, "/echo", deflate);
        await using TestClient client = new(socket);
        byte[] large = new byte[1024 * 1024];
        new Random(7).NextBytes(large.AsSpan(0, large.Length / 2));

        foreach (byte[] message in new[] { [], "hi"u8.ToArray(), large, [1, 2, 3] })
        {
            await client.SendBinaryAsync(message);
            Assert.Equal(message, (await client.ReceiveAsync()).Bytes);
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", Limit.Token());

        Assert.Equal((WebSocketState.Closed, WebSocketCloseStatus.NormalClosure), (socket.State, socket.CloseStatus));
        Assert.Equal(HttpStatusCode.OK, socket.HttpStatusCode);
    }

    [Fact]
    public async Task Members_OnOneHttp2Connection_SpeakTheProtocol()
    {
        await using GatewayHost host = await StartAsync();
        await using TestClient ann = new(await OpenAsync(host, "/ws?user=ann", deflate: true));
        await using TestClient bob = new(await OpenAsync(host, "/ws?user=bob", deflate: false));
        Assert.Equal("switchboard.v1.json", ann.Socket.SubProtocol);
        await ann.ConnectAsync();
        await bob.ConnectAsync();
        await ann.JoinAsync("r");

        // A server's call wakes the reading, which waits on a stream here.
        IBackplaneAdmin admin = (IBackplaneAdmin)host.Services.GetService(typeof(IBackplaneAdmin))!;
        Assert.Equal(
            BackplaneStatus.Ok,
            await admin.JoinAsync(new ConnectionId(bob.Id), new RoomName("r"), false, default).AsTask().WaitAsync(Limit.Time));
        Assert.Equal("joined", (await bob.NextAsync()).Type());
        await ann.PublishAsync("r", "1");

        Assert.Equal(1, (await ann.NextAsync("message")).Number("offset"));
        Assert.Equal(1, (await bob.NextAsync("message")).Number("offset"));
        await bob.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Limit.Token());
        await host.Backplane.CalledAsync(nameof(IBackplane.CloseAsync));
        Assert.Equal("published", (await ann.PublishAsync("r", "2")).Type());
    }

    [Fact]
    public async Task Drop_OverHttp2_LeavesTheConnectionToBeResumed()
    {
        await using GatewayHost host = await StartAsync();
        await using TestClient ann = new(await OpenAsync(host, "/ws?user=ann", deflate: false));
        await ann.ConnectAsync();

        ann.Drop();
        await host.Backplane.CalledAsync(nameof(IBackplane.DetachAsync));
        await using TestClient again = new(await OpenAsync(host, "/ws?user=ann", deflate: false));

        Assert.True((await again.ConnectAsync($",\"resume\":\"{ann.Token}\"")).GetProperty("resumed").GetBoolean());
    }

    [Fact]
    public async Task Stop_OverHttp2_ClosesWith1001()
    {
        await using GatewayHost host = await StartAsync();
        await using TestClient ann = new(await OpenAsync(host, "/ws?user=ann", deflate: false));
        await ann.ConnectAsync();

        Task stop = host.StopAsync();

        Assert.Equal(1001, await ann.ClosedAsync());
        await ann.Socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, null, Limit.Token());
        await stop.WaitAsync(Limit.Time);
    }

    [Theory]
    [InlineData("/ws", "switchboard.v1.json", 401)]
    [InlineData("/ws?user=ann", "other", 400)]
    public async Task Handshake_OverHttp2_IsRefusedAsOverHttp1(string path, string subprotocol, int status)
    {
        await using GatewayHost host = await StartAsync();
        using ClientWebSocket socket = Socket(deflate: false, subprotocol);

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Address(host, path), _invoker, Limit.Token()));

        Assert.Equal(status, (int)socket.HttpStatusCode);
    }

    [Fact]
    public async Task Handshake_OfAForeignPageOverHttp2_IsForbidden()
    {
        await using GatewayHost host = await StartAsync();
        using ClientWebSocket socket = Socket(deflate: false, "switchboard.v1.json");
        socket.Options.SetRequestHeader("Origin", "https://evil.example");

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Address(host, "/ws?user=ann"), _invoker, Limit.Token()));

        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    [Fact]
    public async Task Get_OverHttp2_IsNoWebSocket()
    {
        await using GatewayHost host = await StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(host.Address, "/ws?user=ann"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using HttpResponseMessage response = await _invoker.SendAsync(request, Limit.Token());

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
    }

    private static ClientWebSocket Socket(bool deflate, string subprotocol)
    {
        ClientWebSocket socket = new();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.AddSubProtocol(subprotocol);
        socket.Options.DangerousDeflateOptions = deflate ? new WebSocketDeflateOptions() : null;
        return socket;
    }

    private static Uri Address(GatewayHost host, string path) => new UriBuilder(new Uri(host.Address, path)) { Scheme = "wss" }.Uri;

    private async Task<ClientWebSocket> OpenAsync(GatewayHost host, string path, bool deflate)
    {
        ClientWebSocket socket = Socket(deflate, "switchboard.v1.json");
        await socket.ConnectAsync(Address(host, path), _invoker, Limit.Token());
        return socket;
    }

    private Task<GatewayHost> StartAsync() => GatewayHost.StartAsync(backplane: new InProcessOptions(), build: builder =>
    {
        builder.WebHost.UseUrls("https://127.0.0.1:0");
        builder.UseSwitchboardEndpoints(new TlsOptions { CertificatePath = _path }, null, "http://127.0.0.1:0");
    });
}
