namespace Switchboard.Gateway.Tests.Testing;

/// <summary>A handshake that may be refused, written by hand.</summary>
internal sealed class Opening : IDisposable
{
    private Opening(RawSocket socket, string head)
    {
        Socket = socket;
        Head = head;
    }

    public RawSocket Socket { get; }

    /// <summary>The answer's head.</summary>
    public string Head { get; }

    public int Status => int.Parse(Head.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A handshake's head, with further headers, each with its line end.</summary>
    public static string Request(string target = "/ws?user=ann", string headers = "", string host = "localhost") =>
        $"GET {target} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + $"Sec-WebSocket-Protocol: switchboard.v1.json\r\n{headers}\r\n";

    public static Task<Opening> SendAsync(GatewayHost host, string target = "/ws?user=ann", string headers = "") =>
        SendRawAsync(host, Request(target, headers));

    public static async Task<Opening> SendRawAsync(GatewayHost host, string request)
    {
        RawSocket socket = await RawSocket.ConnectAsync(host.EndPoint);
        await socket.SendAsync(request);
        return new Opening(socket, await socket.ReadHeadAsync());
    }

    /// <summary>One from an address, as a trusted proxy on loopback would pass it on.</summary>
    public static Task<Opening> FromAsync(GatewayHost host, string address, string target = "/echo") =>
        SendAsync(host, target, $"X-Forwarded-For: {address}\r\n");

    public void Dispose() => Socket.Dispose();
}
