using System.Buffers;
using System.Text;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Tests.Handshake;

public sealed class ClientHandshakeRequestTests
{
    [Fact]
    public void WriteRequest_AllOptions_WritesThemInOrder()
    {
        ClientHandshakeOptions options = new()
        {
            Host = "server.example.com:8080",
            Target = "/chat?x=%41",
            Subprotocols = ["chat", "superchat"],
            Origin = "http://example.com",
            Headers = [new("Authorization", "Bearer x"), new("X-Empty", "")],
        };

        Assert.Equal(
            "GET /chat?x=%41 HTTP/1.1\r\n" +
            "Host: server.example.com:8080\r\n" +
            "Upgrade: websocket\r\n" +
            "Connection: Upgrade\r\n" +
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
            "Sec-WebSocket-Version: 13\r\n" +
            "Sec-WebSocket-Protocol: chat, superchat\r\n" +
            "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover; " +
            "client_max_window_bits\r\n" +
            "Origin: http://example.com\r\n" +
            "Authorization: Bearer x\r\n" +
            "X-Empty: \r\n\r\n",
            Request(Client(options)));
    }

    [Fact]
    public void WriteRequest_FewestOptions_WritesNoMore() =>
        Assert.Equal(Heads.Upgrade().Replace("/chat", "/", StringComparison.Ordinal), Request(Client(Plain())));

    [Fact]
    public void Constructor_InvalidOptions_Throws()
    {
        ClientHandshakeOptions[] invalid =
        [
            new() { Host = "" },
            new() { Host = "a b" },
            new() { Host = "a", Target = "x" },
            new() { Host = "a", Target = "/a b" },
            new() { Host = "a", Target = "/a\r\nX: y" },
            new() { Host = "a", Target = "/a#b" },
            new() { Host = "a", Subprotocols = ["a,b"] },
            new() { Host = "a", Subprotocols = ["a", "a"] },
            new() { Host = "a", Origin = "x\r\nX: y" },
            new() { Host = "a", Headers = [new("X Y", "z")] },
            new() { Host = "a", Headers = [new("X", "y\r\nZ: z")] },
            new() { Host = "a", Headers = [new("X", "é")] },
            new() { Host = "a", MinClientWindowBits = 8 },
            new() { Host = "a", Deflate = new() { MaxClientWindowBits = 16 } },
            new() { Host = "a", Limits = new() { MaxBytes = 1 } },
        ];

        Assert.All(invalid, options => Assert.Throws<ArgumentException>(() => Client(options)));
        Assert.Throws<ArgumentException>(() => new ClientHandshake(Plain(), new byte[15]));
    }

    private static ClientHandshakeOptions Plain() =>
        new() { Host = "server.example.com", Deflate = new() { Enabled = false } };

    private static ClientHandshake Client(ClientHandshakeOptions options) => new(options, "the sample nonce"u8);

    private static string Request(ClientHandshake client)
    {
        ArrayBufferWriter<byte> output = new();
        client.WriteRequest(output);
        return Encoding.ASCII.GetString(output.WrittenSpan);
    }
}
