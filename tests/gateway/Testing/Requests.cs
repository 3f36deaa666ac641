using System.Buffers;
using System.Text;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Gateway.Tests.Testing;

/// <summary>Heads of handshakes that are as they should be.</summary>
internal static class Requests
{
    public static RequestHead Head(string target)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(
            $"GET {target} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        RequestHeadParser parser = default;
        return parser.Parse(new ReadOnlySequence<byte>(bytes), new HeadLimits()).Head!;
    }
}
