using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Switchboard.Gateway.Tests.Testing;
using Switchboard.Testing.Programs;

namespace Switchboard.Standalone.Tests.Proxies;

/// <summary>Two servers behind nginx, and behind HAProxy, with the configurations of deploy/.</summary>
public sealed class ProxyTests
{
    private static readonly string[] Settings =
    [
        "--Switchboard:Gateway:Access:DevelopmentIdentity=Always",
        "--Switchboard:Gateway:Proxies:Trusted:0=127.0.0.1",
        "--Switchboard:Gateway:Limits:PerAddress:Loopback=true",
        "--Switchboard:Gateway:Limits:PerAddress:MaxConnections=1",
    ];

    [Theory]
    [InlineData("nginx")]
    [InlineData("haproxy")]
    public async Task Clients_BehindAProxy_AreToldApartByTheirOwnAddresses(string name)
    {
        await using ServerProcess one = await ServerProcess.StartAsync(Settings);
        await using ServerProcess two = await ServerProcess.StartAsync(Settings);
        await using ProxyProcess proxy = await StartAsync(name, one, two);

        // Each server takes one of each address, and the proxy takes turns: the third is one too many wherever it goes.
        using ClientWebSocket first = await OpenAsync(proxy, "127.0.0.2");
        using ClientWebSocket second = await OpenAsync(proxy, "127.0.0.2");
        Assert.Equal(HttpStatusCode.TooManyRequests, await RefusedAsync(proxy, "127.0.0.2", null));
        Assert.Equal(HttpStatusCode.TooManyRequests, await RefusedAsync(proxy, "127.0.0.2", "198.51.100.7"));
        using ClientWebSocket other = await OpenAsync(proxy, "127.0.0.3");

        foreach (ClientWebSocket socket in new[] { first, second, other })
        {
            await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, Limit.Token());
            byte[] buffer = new byte[100];
            WebSocketReceiveResult echo = await socket.ReceiveAsync(buffer, Limit.Token());
            Assert.Equal("hello", Encoding.UTF8.GetString(buffer, 0, echo.Count));
        }
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("haproxy")]
    public async Task Paths_OfOperatorsAndServers_DoNotPassAProxy(string name)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(Settings);
        await using ProxyProcess proxy = await StartAsync(name, server, server);
        string[] paths =
        [
            "/healthz", "/HealthZ", "/healthz/", "//healthz", "/%68ealthz", "/x/../healthz", "/./healthz", "/x/%2e%2e/healthz", "/api", "/api/rooms",
            "/API/rooms", "/console", "/Console/app.js", "/metrics", "/healthz?x=/",
        ];
        foreach (string path in paths)
        {
            string head = await AskAsync(proxy, path);

            Assert.Matches("^HTTP/1.1 40[04] ", head);
            Assert.DoesNotContain("\r\n\r\nok", head, StringComparison.Ordinal);
        }

        Assert.StartsWith("HTTP/1.1 200 ", await AskAsync(proxy, "/index.html"), StringComparison.Ordinal);
    }

    private static Task<ProxyProcess> StartAsync(string name, params ServerProcess[] servers)
    {
        IEnumerable<Uri> edges = servers.Select(each => each.Address);
        return name == "nginx" ? ProxyProcess.StartNginxAsync(edges) : ProxyProcess.StartHaproxyAsync(edges);
    }

    private static async Task<ClientWebSocket> OpenAsync(ProxyProcess proxy, string from, string? forwarded = null)
    {
        ClientWebSocket socket = new();
        socket.Options.CollectHttpResponseDetails = true;
        if (forwarded is not null)
        {
            socket.Options.SetRequestHeader("X-Forwarded-For", forwarded);
            socket.Options.SetRequestHeader("Forwarded", $"for={forwarded}");
        }

        using SocketsHttpHandler handler = new() { ConnectCallback = (context, token) => ConnectAsync(context, from, token) };
        HttpMessageInvoker invoker = new(handler, disposeHandler: false);
        try
        {
            await socket.ConnectAsync(new UriBuilder(proxy.Address) { Scheme = "ws", Path = "/echo" }.Uri, invoker, Limit.Token());
        }
        catch (WebSocketException)
        {
            // The status says why.
        }

        return socket;
    }

    private static async Task<HttpStatusCode> RefusedAsync(ProxyProcess proxy, string from, string? forwarded)
    {
        using ClientWebSocket socket = await OpenAsync(proxy, from, forwarded);
        return socket.HttpStatusCode;
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, string from, CancellationToken token)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, token);
        return new NetworkStream(socket, ownsSocket: true);
    }

    // Written by hand: a client of the library would tidy the path up.
    private static async Task<string> AskAsync(ProxyProcess proxy, string path)
    {
        using TcpClient tcp = new();
        await tcp.ConnectAsync(IPAddress.Loopback, proxy.Address.Port, Limit.Token());
        using NetworkStream stream = tcp.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {proxy.Address.Authority}\r\nConnection: close\r\n\r\n"), Limit.Token());
        using StreamReader reader = new(stream);
        return await reader.ReadToEndAsync(Limit.Token());
    }
}
