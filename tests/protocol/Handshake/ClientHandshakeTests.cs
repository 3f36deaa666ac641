using System.Buffers;
using System.Text;
using Switchboard.Protocol.Deflate;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Tests.Handshake;

public sealed class ClientHandshakeTests
{
    private const string Answer =
        "HTTP/1.1 101 Switching Protocols\r\n" +
        "Upgrade: websocket\r\n" +
        "Connection: Upgrade\r\n" +
        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

    [Fact]
    public void ReadResponse_PlainAnswer_IsDone()
    {
        ClientHandshakeResult result = Read(Answer + "\u0081\u0000");

        Assert.Equal(HeadParseStatus.Done, result.Status);
        Assert.Equal(Answer.Length, result.Consumed);
        Assert.Equal(101, result.Head!.StatusCode);
        Assert.Null(result.Subprotocol);
        Assert.Null(result.Deflate);
        Assert.Null(result.Error);
    }

    [Fact]
    public void ReadResponse_SubprotocolAndExtension_AreGiven()
    {
        ClientHandshakeResult result = Read(
            With(
                "Sec-WebSocket-Protocol: chat",
                "sec-websocket-extensions: permessage-deflate; server_max_window_bits=9"),
            Chat());

        Assert.Equal(HeadParseStatus.Done, result.Status);
        Assert.Equal("chat", result.Subprotocol);
        Assert.Equal(new DeflateParameters(false, false, 9, 15), result.Deflate);
    }

    [Theory]
    [InlineData("HTTP/1.1 101", true)]
    [InlineData("HTTP/1.1 101 ", true)]
    [InlineData("HTTP/1.1 101 Web Socket Protocol Handshake", true)]
    [InlineData("HTTP/1.0 101 Switching Protocols", false)]
    [InlineData("HTTP/2 101", false)]
    [InlineData("HTTP/1.1 0101", false)]
    [InlineData("HTTP/1.1 10 Switching", false)]
    [InlineData("HTTP/1.1 +10 Switching", false)]
    [InlineData("HTTP/1.1 099 Switching", false)]
    [InlineData("HTTP/1.1  101 Switching", false)]
    [InlineData("HTTP/1.1 101Switching", false)]
    [InlineData("HTTP/1.1 101 Switch\u0000ing", false)]
    [InlineData("HTTP/1.1 200 OK", false)]
    public void ReadResponse_StatusLine_IsChecked(string line, bool done)
    {
        ClientHandshakeResult result = Read(line + Answer[Answer.IndexOf('\r', StringComparison.Ordinal)..]);

        Assert.Equal(done ? HeadParseStatus.Done : HeadParseStatus.Violation, result.Status);
    }

    [Theory]
    [InlineData("Upgrade: websocket", "Upgrade: WebSocket", true)]
    [InlineData("Connection: Upgrade", "connection: keep-alive, UPGRADE", true)]
    [InlineData("Upgrade: websocket\r\n", "", false)]
    [InlineData("Upgrade: websocket", "Upgrade: h2c", false)]
    [InlineData("Upgrade: websocket", "Upgrade: websocket, h2c", false)]
    [InlineData("Connection: Upgrade\r\n", "", false)]
    [InlineData("Connection: Upgrade", "Connection: close", false)]
    [InlineData("Connection: Upgrade", "Connection: Upgrade \"x\"", false)]
    [InlineData("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "S3pPLMBiTxaQ9kYGzzhZRbK+xOo=", false)]
    [InlineData("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "", false)]
    [InlineData("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n", "", false)]
    [InlineData("Upgrade: websocket", "Upgrade : websocket", false)]
    public void ReadResponse_Headers_AreChecked(string old, string replacement, bool done)
    {
        Assert.Contains(old, Answer, StringComparison.Ordinal);
        ClientHandshakeResult result = Read(Answer.Replace(old, replacement, StringComparison.Ordinal));

        Assert.Equal(done ? HeadParseStatus.Done : HeadParseStatus.Violation, result.Status);
        Assert.Equal(done, result.Error is null);
    }

    [Theory]
    [InlineData("Sec-WebSocket-Protocol: other")]
    [InlineData("Sec-WebSocket-Protocol: CHAT")]
    [InlineData("Sec-WebSocket-Protocol: chat, superchat")]
    [InlineData("Sec-WebSocket-Protocol: chat\r\nSec-WebSocket-Protocol: chat")]
    [InlineData("Sec-WebSocket-Protocol:")]
    [InlineData("Sec-WebSocket-Extensions: x-unknown")]
    [InlineData("Sec-WebSocket-Extensions:")]
    [InlineData("Sec-WebSocket-Extensions: permessage-deflate; x")]
    [InlineData("Sec-WebSocket-Extensions: permessage-deflate, permessage-deflate")]
    [InlineData("Sec-WebSocket-Extensions: permessage-deflate\r\nSec-WebSocket-Extensions: permessage-deflate")]
    public void ReadResponse_WhatWasNotOffered_IsAViolation(string line) =>
        Assert.Equal(HeadParseStatus.Violation, Read(With(line), Chat()).Status);

    [Fact]
    public void ReadResponse_ExtensionWhereNoneWasOffered_IsAViolation() =>
        Assert.Equal(HeadParseStatus.Violation, Read(With("Sec-WebSocket-Extensions: permessage-deflate")).Status);

    [Fact]
    public void ReadResponse_Refusal_GivesItsHead()
    {
        ArrayBufferWriter<byte> output = new();
        HandshakeResponse.Write(output, HandshakeRefusal.TooManyConnections(TimeSpan.FromSeconds(7)));

        ClientHandshakeResult result = Client(Plain()).ReadResponse(new ReadOnlySequence<byte>(output.WrittenMemory));

        Assert.Equal(HeadParseStatus.Violation, result.Status);
        Assert.Equal(503, result.Head!.StatusCode);
        Assert.Equal("7", result.Head.Header("Retry-After"));
        Assert.Equal(output.WrittenCount, result.Consumed + int.Parse(result.Head.Header("content-length")!, null));
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("HTTP/1.1 101 Switching\n")]
    [InlineData("HTTP/1.1 101 Switching\r\nX: y\rz")]
    public void ReadResponse_BadLineBreak_IsAViolation(string text) =>
        Assert.Equal(HeadParseStatus.Violation, Read(text).Status);

    [Fact]
    public void ReadResponse_TooLong_IsAViolation()
    {
        Assert.Equal(HeadParseStatus.NeedMore, Read(new string('H', (16 * 1024) - 1)).Status);
        Assert.Equal(HeadParseStatus.Violation, Read(new string('H', 16 * 1024)).Status);

        // A response has no target, so only the whole is limited.
        Assert.Equal(HeadParseStatus.NeedMore, Read("HTTP/1.1 " + new string('1', 9000)).Status);
    }

    [Fact]
    public void ReadResponse_EverySplit_GivesTheSame()
    {
        byte[] bytes = Encoding.ASCII.GetBytes(With("Sec-WebSocket-Protocol: chat"));
        for (int at = 0; at < bytes.Length; at++)
        {
            ClientHandshake client = Client(Chat());
            ClientHandshakeResult first = client.ReadResponse(new ReadOnlySequence<byte>(bytes, 0, at));
            Assert.Equal(HeadParseStatus.NeedMore, first.Status);
            ClientHandshakeResult result = client.ReadResponse(Heads.Segments(bytes[..at], bytes[at..]));
            Assert.Equal((HeadParseStatus.Done, "chat"), (result.Status, result.Subprotocol));
        }
    }

    private static ClientHandshakeOptions Plain() =>
        new() { Host = "server.example.com", Deflate = new() { Enabled = false } };

    private static ClientHandshakeOptions Chat() => new()
    {
        Host = "server.example.com",
        Subprotocols = ["superchat", "chat"],
        Deflate = new() { AllowServerContextTakeover = true, AllowClientContextTakeover = true },
    };

    private static string With(params string[] lines) =>
        Answer[..^2] + string.Concat(lines.Select(line => line + "\r\n")) + "\r\n";

    private static ClientHandshake Client(ClientHandshakeOptions options) => new(options, "the sample nonce"u8);

    private static ClientHandshakeResult Read(string answer, ClientHandshakeOptions? options = null) =>
        Client(options ?? Plain()).ReadResponse(new ReadOnlySequence<byte>(Encoding.Latin1.GetBytes(answer)));
}
