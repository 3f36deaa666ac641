using System.Buffers;
using System.Text;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Tests.Handshake;

public sealed class HandshakeResponseTests
{
    public static TheoryData<int, string, string> Refusals => new()
    {
        { 400, "Bad Request", "" },
        { 403, "Forbidden", "" },
        { 404, "Not Found", "" },
        { 405, "Method Not Allowed", "Allow: GET\r\n" },
        { 408, "Request Timeout", "" },
        { 414, "URI Too Long", "" },
        { 426, "Upgrade Required", "Upgrade: websocket\r\n" },
        { 429, "Too Many Requests", "Retry-After: 2\r\n" },
        { 431, "Request Header Fields Too Large", "" },
        { 500, "Internal Server Error", "" },
        { 503, "Service Unavailable", "Retry-After: 1\r\n" },
        { 505, "HTTP Version Not Supported", "" },
    };

    [Fact]
    public void Write_ExampleOfTheRfc_IsTheRfcsAnswer()
    {
        // RFC 6455 §1.2.
        HandshakeAcceptance acceptance = Handshakes.Accepted(
            Heads.Upgrade("Origin: http://example.com", "Sec-WebSocket-Protocol: superchat, chat"),
            new HandshakeOptions { Subprotocols = ["chat"], Origins = new OriginPolicy(["http://example.com"]) });

        Assert.Equal(
            "HTTP/1.1 101 Switching Protocols\r\n" +
            "Upgrade: websocket\r\n" +
            "Connection: Upgrade\r\n" +
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" +
            "Sec-WebSocket-Protocol: chat\r\n\r\n",
            Text(output => HandshakeResponse.Write(output, acceptance)));
    }

    [Fact]
    public void Write_AcceptanceWithExtension_NamesIt()
    {
        HandshakeAcceptance acceptance = Handshakes.Accepted(
            Heads.Upgrade("Sec-WebSocket-Extensions: permessage-deflate"));

        Assert.Equal(
            "HTTP/1.1 101 Switching Protocols\r\n" +
            "Upgrade: websocket\r\n" +
            "Connection: Upgrade\r\n" +
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" +
            "Sec-WebSocket-Extensions: " +
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover\r\n\r\n",
            Text(output => HandshakeResponse.Write(output, acceptance)));
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Write_Refusal_IsTextThatClosesTheConnection(int status, string phrase, string headers)
    {
        HandshakeRefusal refusal = Refusal(status);

        Assert.Equal(
            $"HTTP/1.1 {status} {phrase}\r\n" +
            "Content-Type: text/plain; charset=utf-8\r\n" +
            $"Content-Length: {Encoding.UTF8.GetByteCount(refusal.Text)}\r\n" +
            "Cache-Control: no-store\r\n" +
            headers +
            $"Connection: {(status == 426 ? "Upgrade, close" : "close")}\r\n\r\n" +
            refusal.Text,
            Text(output => HandshakeResponse.Write(output, refusal)));
        Assert.EndsWith(".", refusal.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_RefusalInUtf8_CountsItsBytes()
    {
        string text = Text(output => HandshakeResponse.Write(output, HandshakeRefusal.Forbidden("Café fermé.")));

        Assert.Contains("Content-Length: 13\r\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nCafé fermé.", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, "1")]
    [InlineData(0, "1")]
    [InlineData(0.2, "1")]
    [InlineData(59.001, "60")]
    [InlineData(86400, "86400")]
    public void Refusal_RetryAfter_IsRoundedUpToSeconds(double seconds, string expected)
    {
        TimeSpan delay = TimeSpan.FromSeconds(seconds);
        foreach (HandshakeRefusal refusal in new[]
        {
            HandshakeRefusal.TooManyRequests(delay),
            HandshakeRefusal.TooManyConnections(delay),
            HandshakeRefusal.ShuttingDown(delay),
        })
        {
            Assert.Equal([new("Retry-After", expected)], refusal.Headers);
        }
    }

    [Theory]
    [InlineData("Sec-WebSocket-Protocol", "chat%0d%0aX-Injected: 1")]
    [InlineData("Sec-WebSocket-Protocol", "x-injected\u0085")]
    [InlineData("Sec-WebSocket-Extensions", "permessage-deflate, x-injected; a=b")]
    [InlineData("Host", "x-injected.example")]
    [InlineData("Origin", "https://x-injected.example")]
    public void Write_AnyAnswer_RepeatsNothingThatTheClientMadeUp(string name, string value)
    {
        RequestHead head = Heads.Good(Heads.Upgrade($"{name}: {value}"));
        HandshakeResult result = ServerHandshake.Evaluate(head, new HandshakeOptions { Subprotocols = ["chat"] });

        string text = Text(output =>
        {
            if (result.IsAccepted)
            {
                HandshakeResponse.Write(output, result.Acceptance);
            }
            else
            {
                HandshakeResponse.Write(output, result.Refusal);
            }
        });

        Assert.DoesNotContain("injected", text, StringComparison.OrdinalIgnoreCase);
    }

    private static HandshakeRefusal Refusal(int status) => status switch
    {
        400 => HandshakeRefusal.BadRequest("Bad."),
        403 => HandshakeRefusal.Forbidden("Forbidden."),
        404 => HandshakeRefusal.NotFound(),
        405 => HandshakeRefusal.MethodNotAllowed(),
        408 => HandshakeRefusal.RequestTimeout(),
        414 => HandshakeRefusal.TargetTooLong(),
        426 => HandshakeRefusal.UpgradeRequired(),
        429 => HandshakeRefusal.TooManyRequests(TimeSpan.FromSeconds(1.5)),
        431 => HandshakeRefusal.HeadTooLarge("Too large."),
        500 => HandshakeRefusal.InternalError(),
        503 => HandshakeRefusal.ShuttingDown(TimeSpan.FromSeconds(1)),
        _ => HandshakeRefusal.VersionNotSupported(),
    };

    private static string Text(Action<IBufferWriter<byte>> write)
    {
        ArrayBufferWriter<byte> output = new();
        write(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
