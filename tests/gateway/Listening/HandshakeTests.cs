using System.Net.Sockets;
using System.Text;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Listening;

public sealed class HandshakeTests
{
    private const string Good =
        "GET /echo HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    // "Hi" masked with the key 01 02 03 04, and the echo that must come back.
    private static readonly byte[] HiFrame = [0x81, 0x82, 1, 2, 3, 4, (byte)'H' ^ 1, (byte)'i' ^ 2];
    private static readonly byte[] HiEcho = [0x81, 0x02, (byte)'H', (byte)'i'];

    [Theory]
    [InlineData("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Key: short", "400")]
    [InlineData("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8", "426")]
    [InlineData("Host: localhost", "Host: localhost\r\nOrigin: https://evil.example", "403")]
    [InlineData("Host: localhost", "NoHost: localhost", "400")]
    [InlineData("Upgrade: websocket\r\nConnection: Upgrade\r\n", "", "426")]
    [InlineData("GET /echo HTTP/1.1", "GET /echo HTTP/1.0", "505")]
    public async Task Handshake_ThatIsWrong_IsRefusedWithAStatusAndASentence(string part, string instead, string status)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using RawSocket socket = await RawSocket.ConnectAsync(host.EndPoint);
        await socket.SendAsync(Good.Replace(part, instead, StringComparison.Ordinal));

        string answer = await socket.ReadTextToEndAsync();

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Matches("^[A-Z][^\r\n]{10,}\\.$", answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
    }

    [Fact]
    public async Task Handshake_OfVersion8_NamesTheVersionThatIsSpoken()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using RawSocket socket = await RawSocket.ConnectAsync(host.EndPoint);
        await socket.SendAsync(Good.Replace("Version: 13", "Version: 8", StringComparison.Ordinal));

        Assert.Contains("\r\nSec-WebSocket-Version: 13\r\n", await socket.ReadTextToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handshake_OfAPageOfTheSameHost_IsAccepted()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using RawSocket socket = await RawSocket.ConnectAsync(host.EndPoint);
        await socket.SendAsync(Good.Replace("Host: localhost", "Host: localhost\r\nOrigin: http://localhost", StringComparison.Ordinal));

        Assert.StartsWith("HTTP/1.1 101 ", await socket.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/ws", "Name yourself")]
    [InlineData("/ws?user=", "not valid")]
    [InlineData("/ws?user=%00", "not valid")]
    public async Task Handshake_WithoutAName_IsRefusedWith401(string target, string sentence)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using RawSocket socket = await RawSocket.ConnectAsync(host.EndPoint);
        await socket.SendAsync(
            Good.Replace("/echo", target, StringComparison.Ordinal)
                .Replace("Host: localhost", "Host: localhost\r\nSec-WebSocket-Protocol: switchboard.v1.json", StringComparison.Ordinal));

        string answer = await socket.ReadTextToEndAsync();

        Assert.StartsWith("HTTP/1.1 401 ", answer, StringComparison.Ordinal);
        Assert.Contains(sentence, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example", null, "HTTP/1.1 400 ")]
    [InlineData("localhost:5000", null, "HTTP/1.1 101 ")]
    [InlineData("[::1]:5000", null, "HTTP/1.1 101 ")]
    [InlineData("evil.example", "evil.example", "HTTP/1.1 101 ")]
    public async Task Handshake_WithADevelopmentIdentity_IsForLoopbackNamesUnlessHostsAreListed(
        string name, string? listed, string status)
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options =>
            options.Access.Hosts = listed is null ? [] : [listed]);
        using RawSocket socket = await RawSocket.ConnectAsync(host.EndPoint);

        // A page whose own name was made to resolve to this server: of the same origin, as far as the browser can tell.
        await socket.SendAsync(
            Good.Replace("/echo", "/ws?user=ann", StringComparison.Ordinal).Replace(
                "Host: localhost",
                $"Host: {name}\r\nOrigin: http://{name}\r\nSec-WebSocket-Protocol: switchboard.v1.json",
                StringComparison.Ordinal));

        Assert.StartsWith(status, await socket.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handshake_ByteByByte_IsAcceptedAndTheFirstFrameAnswered()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using RawSocket socket = await RawSocket.ConnectAsync(host.EndPoint);
        foreach (byte b in Encoding.ASCII.GetBytes(Good).Concat(HiFrame).ToArray())
        {
            await socket.SendAsync(new[] { b });
        }

        await socket.ReadHeadAsync();
        Assert.Equal(HiEcho, await socket.ReadAsync(HiEcho.Length));
    }

    [Fact]
    public async Task Frames_InOnePacketWithTheHead_AreAnswered()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using RawSocket socket = await RawSocket.ConnectAsync(host.EndPoint);
        await socket.SendAsync([.. Encoding.ASCII.GetBytes(Good), .. HiFrame, .. HiFrame]);

        await socket.ReadHeadAsync();
        Assert.Equal(HiEcho.Concat(HiEcho).ToArray(), await socket.ReadAsync(2 * HiEcho.Length));
    }

    [Theory]
    [InlineData("GET /other HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "aspnet GET /other")]
    [InlineData("POST /other HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "aspnet POST /other")]
    [InlineData("GET /echoes HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "aspnet GET /echoes")]
    public async Task Request_ThatIsNotForTheGateway_ReachesAspNetCoreUntouched(string request, string expected)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using RawSocket socket = await RawSocket.ConnectAsync(host.EndPoint);
        foreach (char c in request)
        {
            await socket.SendAsync(c.ToString());
        }

        string answer = await socket.ReadTextToEndAsync();

        Assert.StartsWith("HTTP/1.1 200 OK", answer, StringComparison.Ordinal);
        Assert.Contains(expected, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upgrade_AfterAnotherRequestOnTheConnection_IsAccepted()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using RawSocket socket = await RawSocket.ConnectAsync(host.EndPoint);
        await socket.SendAsync("GET /other HTTP/1.1\r\nHost: localhost\r\n\r\n");
        await socket.ReadHeadAsync();
        string chunk = "";
        while (!chunk.EndsWith("0\r\n\r\n", StringComparison.Ordinal))
        {
            chunk += (char)(await socket.ReadAsync(1))[0];
        }

        await socket.SendAsync([.. Encoding.ASCII.GetBytes(Good), .. HiFrame]);
        string head = await socket.ReadHeadAsync();

        Assert.StartsWith("HTTP/1.1 101 ", head, StringComparison.Ordinal);
        Assert.Contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", head, StringComparison.Ordinal);
        Assert.Equal(HiEcho, await socket.ReadAsync(HiEcho.Length));

        // The web server ends the socket as soon as both have said goodbye; nobody has to wait.
        await socket.SendAsync(new byte[] { 0x88, 0x80, 0, 0, 0, 0 });
        Assert.Equal([0x88, 0x00], await socket.ReadToEndAsync());
    }

    [Fact]
    public async Task Post_ToTheSocketsPath_IsRefusedWith405()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using HttpClient http = new() { BaseAddress = host.Address };

        using HttpResponseMessage answer = await http.PostAsync("/echo", new StringContent("x"), Limit.Token());

        Assert.Equal(405, (int)answer.StatusCode);
        Assert.Equal("GET", Assert.Single(answer.Content.Headers.Allow));
    }

    [Fact]
    public async Task Head_ThatGrowsBeyondTheLimit_IsRefusedBeforeItsEnd()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using RawSocket socket = await RawSocket.ConnectAsync(host.EndPoint);
        await socket.SendAsync("GET /echo HTTP/1.1\r\nHost: localhost\r\nX: " + new string('x', 20_000));

        Assert.StartsWith("HTTP/1.1 431 ", await socket.ReadTextToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_ThatDoesNotArriveInTime_IsRefusedWith408()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();

        // Nothing tells when the server has read the path; if time ran out before that, it passed the connection on.
        for (int attempt = 0; attempt < 100; attempt++)
        {
            using RawSocket socket = await RawSocket.ConnectAsync(host.EndPoint);
            await socket.SendAsync("GET /echo HTTP/1.1\r\nHost:");
            Task<string> answer = socket.ReadTextToEndAsync();
            if (await host.TryAdvanceUntilAsync(answer, TimeSpan.FromSeconds(1), times: 14))
            {
                Assert.StartsWith("HTTP/1.1 408 ", await answer, StringComparison.Ordinal);
                return;
            }
        }

        Assert.Fail("no head was given up");
    }

    [Fact]
    public async Task Connection_BeyondTheLimit_IsRefusedWith503UntilOneLeaves()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options => options.Limits.MaxConnections = 1);
        using RawSocket first = await RawSocket.ConnectAsync(host.EndPoint);
        await first.SendAsync(Good);
        await first.ReadHeadAsync();

        using RawSocket second = await RawSocket.ConnectAsync(host.EndPoint);
        await second.SendAsync(Good);
        string answer = await second.ReadTextToEndAsync();

        Assert.StartsWith("HTTP/1.1 503 ", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nRetry-After: 1\r\n", answer, StringComparison.Ordinal);

        await first.SendAsync(new byte[] { 0x88, 0x80, 0, 0, 0, 0 });
        await first.ReadToEndAsync();
        first.Socket.Shutdown(SocketShutdown.Send);
        string head = "";
        for (int tries = 0; tries < 1000 && !head.StartsWith("HTTP/1.1 101", StringComparison.Ordinal); tries++)
        {
            using RawSocket third = await RawSocket.ConnectAsync(host.EndPoint);
            await third.SendAsync(Good);
            head = await third.ReadHeadAsync();
        }

        Assert.StartsWith("HTTP/1.1 101 ", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Socket_ThatStaysSilent_IsRefusedWith408AndEnded()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using RawSocket silent = await RawSocket.ConnectAsync(host.EndPoint);
        Task<string> answer = silent.ReadTextToEndAsync();

        await host.AdvanceUntilAsync(answer, TimeSpan.FromSeconds(1));

        Assert.StartsWith("HTTP/1.1 408 ", await answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handshake_BeyondTheLimitOfThoseUnderWay_IsRefusedWith429()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options => options.Limits.MaxHandshakes = 1);
        using RawSocket silent = await RawSocket.ConnectAsync(host.EndPoint);
        using RawSocket first = await RawSocket.ConnectAsync(host.EndPoint);
        await first.SendAsync("GET /echo HTTP/1.1\r\n");

        // Whichever of the two the server reads first, one of them is under way when it reads the other.
        using RawSocket second = await RawSocket.ConnectAsync(host.EndPoint);
        await second.SendAsync("GET /echo HTTP/1.1\r\n");
        Task<string> refused = await Task.WhenAny(first.ReadTextToEndAsync(), second.ReadTextToEndAsync());

        Assert.StartsWith("HTTP/1.1 429 ", await refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handshake_ThatWasRefused_IsNoLongerUnderWayThoughItsPeerStays()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options => options.Limits.MaxHandshakes = 1);
        using RawSocket refused = await RawSocket.ConnectAsync(host.EndPoint);
        await refused.SendAsync(Good.Replace("Host: localhost", "NoHost: localhost", StringComparison.Ordinal));
        Assert.StartsWith("HTTP/1.1 400 ", await refused.ReadHeadAsync(), StringComparison.Ordinal);

        using RawSocket next = await RawSocket.ConnectAsync(host.EndPoint);
        await next.SendAsync(Good);

        Assert.StartsWith("HTTP/1.1 101 ", await next.ReadHeadAsync(), StringComparison.Ordinal);

        // Nor was it taken off twice when its peer went: there is still one place, no more.
        refused.Dispose();
        using RawSocket first = await RawSocket.ConnectAsync(host.EndPoint);
        await first.SendAsync("GET /echo HTTP/1.1\r\n");
        using RawSocket second = await RawSocket.ConnectAsync(host.EndPoint);
        await second.SendAsync("GET /echo HTTP/1.1\r\n");
        Task<string> full = await Task.WhenAny(first.ReadTextToEndAsync(), second.ReadTextToEndAsync());
        Assert.StartsWith("HTTP/1.1 429 ", await full, StringComparison.Ordinal);
    }
}
