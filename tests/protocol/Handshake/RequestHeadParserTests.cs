using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Tests.Handshake;

public sealed class RequestHeadParserTests
{
    [Fact]
    public void Parse_ExampleOfTheRfc_GivesItsParts()
    {
        // RFC 6455 §1.2.
        const string Text =
            "GET /chat HTTP/1.1\r\n" +
            "Host: server.example.com\r\n" +
            "Upgrade: websocket\r\n" +
            "Connection: Upgrade\r\n" +
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
            "Origin: http://example.com\r\n" +
            "Sec-WebSocket-Protocol: chat, superchat\r\n" +
            "Sec-WebSocket-Version: 13\r\n\r\n";

        RequestHeadResult result = Heads.Parse(Text + "frames");

        Assert.True(result.IsDone);
        Assert.Null(result.Refusal);
        Assert.Equal(Text.Length, result.Consumed);
        Assert.Equal("GET", result.Head.Method);
        Assert.Equal("/chat", result.Head.Target);
        Assert.Equal("/chat", result.Head.RawPath);
        Assert.Equal("/chat", result.Head.Path);
        Assert.Equal("", result.Head.RawQuery);
        Assert.Equal(new Authority("server.example.com", null), result.Head.Host);
        Assert.Equal("chat, superchat", result.Head.Header("sec-websocket-protocol"));
        Assert.Null(result.Head.Header("Cookie"));
        Assert.Equal(0, result.Head.CountHeaders("Cookie"));
    }

    [Theory]
    [InlineData("/", "/", "/", "")]
    [InlineData("/?", "/", "/", "")]
    [InlineData("/a/b?c=d?e", "/a/b", "/a/b", "c=d?e")]
    [InlineData("//a", "//a", "//a", "")]
    [InlineData("/../a", "/../a", "/../a", "")]
    [InlineData("/a%2Fb%20c+d", "/a%2Fb%20c+d", "/a/b c+d", "")]
    [InlineData("/%e2%82%ac", "/%e2%82%ac", "/€", "")]
    [InlineData("/%2525", "/%2525", "/%25", "")]
    [InlineData("/[x]^`{|}?[x]^`{|}\\", "/[x]^`{|}", "/[x]^`{|}", "[x]^`{|}\\")]
    [InlineData("http://a.example/x?y", "/x", "/x", "y")]
    [InlineData("WSS://a.example", "/", "/", "")]
    [InlineData("ws://a.example?y", "/", "/", "y")]
    [InlineData("https://a.example:8443/", "/", "/", "")]
    public void Parse_Target_IsTakenApart(string target, string rawPath, string path, string query)
    {
        RequestHead head = Heads.Good(Heads.Request($"GET {target} HTTP/1.1", "Host: a.example"));

        Assert.Equal((target, rawPath, path, query), (head.Target, head.RawPath, head.Path, head.RawQuery));
    }

    [Theory]
    [InlineData("http://other.example:81/x", "other.example:81")]
    [InlineData("http://[2001:DB8:0::1]/x", "[2001:db8::1]")]
    [InlineData("/x", "host.example")]
    public void Parse_AbsoluteForm_ReplacesTheHostHeader(string target, string host)
    {
        RequestHead head = Heads.Good(Heads.Request($"GET {target} HTTP/1.1", "Host: host.example"));

        Assert.Equal(host, head.Host.ToString());
    }

    [Theory]
    [InlineData("GET / HTTP/1.0", 505)]
    [InlineData("GET / HTTP/2.0", 505)]
    [InlineData("GET / HTTP/1.2", 505)]
    [InlineData("GET / HTTP/0.9", 505)]
    [InlineData("GET / http/1.1", 400)]
    [InlineData("GET / HTTP/11", 400)]
    [InlineData("GET / HTTP/1.1x", 400)]
    [InlineData("GET / HTTP/1.10", 400)]
    [InlineData("GET / HTTP/x.1", 400)]
    [InlineData("GET / HTTP/1,1", 400)]
    [InlineData("GET / ", 400)]
    [InlineData("GET /", 400)]
    [InlineData("GET", 400)]
    [InlineData(" / HTTP/1.1", 400)]
    [InlineData(" GET / HTTP/1.1", 400)]
    [InlineData("GET  / HTTP/1.1", 400)]
    [InlineData("GET /  HTTP/1.1", 400)]
    [InlineData("GET / HTTP/1.1 ", 400)]
    [InlineData("GET\t/ HTTP/1.1", 400)]
    [InlineData("GET  HTTP/1.1", 400)]
    [InlineData("G@T / HTTP/1.1", 400)]
    [InlineData("GÉT / HTTP/1.1", 400)]
    [InlineData("GET /a b HTTP/1.1", 400)]
    [InlineData("GET /é HTTP/1.1", 400)]
    [InlineData("GET /\u0001 HTTP/1.1", 400)]
    [InlineData("GET /\u007F HTTP/1.1", 400)]
    [InlineData("GET /?\0 HTTP/1.1", 400)]
    [InlineData("GET /a#b HTTP/1.1", 400)]
    [InlineData("GET /?a#b HTTP/1.1", 400)]
    [InlineData("GET /a\\b HTTP/1.1", 400)]
    [InlineData("GET /<a> HTTP/1.1", 400)]
    [InlineData("GET /?\"a\" HTTP/1.1", 400)]
    [InlineData("GET /% HTTP/1.1", 400)]
    [InlineData("GET /%4 HTTP/1.1", 400)]
    [InlineData("GET /%4g HTTP/1.1", 400)]
    [InlineData("GET /%c3%28 HTTP/1.1", 400)]
    [InlineData("GET * HTTP/1.1", 400)]
    [InlineData("GET a.example:80 HTTP/1.1", 400)]
    [InlineData("GET chat HTTP/1.1", 400)]
    [InlineData("GET ftp://a.example/ HTTP/1.1", 400)]
    [InlineData("GET ://a.example/ HTTP/1.1", 400)]
    [InlineData("GET http:///x HTTP/1.1", 400)]
    [InlineData("GET http://a:b@c.example/ HTTP/1.1", 400)]
    [InlineData("GET http://a.example:99999/ HTTP/1.1", 400)]
    [InlineData("GET http:/a.example/ HTTP/1.1", 400)]
    public void Parse_BadRequestLine_IsRefused(string requestLine, int status) =>
        AssertRefused(status, Heads.Request(requestLine, "Host: a.example"));

    [Theory]
    [InlineData(" X: y")]
    [InlineData("\tX: y")]
    [InlineData("X : y")]
    [InlineData("X\t: y")]
    [InlineData("X")]
    [InlineData(": y")]
    [InlineData("X Y: z")]
    [InlineData("X(: y")]
    [InlineData("É: y")]
    [InlineData("X: \0")]
    [InlineData("X: a\u0001b")]
    [InlineData("X: a\u007F")]
    [InlineData("X: a\u001B")]
    public void Parse_BadHeaderLine_IsRefused(string line)
    {
        AssertRefused(400, Heads.Request("GET / HTTP/1.1", "Host: a.example", line));
        AssertRefused(400, Heads.Request("GET / HTTP/1.1", line, "Host: a.example"));
    }

    [Theory]
    [InlineData("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\nHost: a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\n")]
    [InlineData("GET / HTTP/1.1\rHost: a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\r")]
    [InlineData("GET\n")]
    [InlineData("GET \n")]
    [InlineData("GET /\rx")]
    public void Parse_BareLineBreakOrEmptyFirstLine_IsRefused(string text) => AssertRefused(400, text);

    [Theory]
    [InlineData("Host:")]
    [InlineData("Host: \t ")]
    [InlineData("X: y")]
    [InlineData("Host: a\r\nHost: a")]
    [InlineData("Host: a\r\nhOST: b")]
    [InlineData("Host: a, b")]
    [InlineData("Host: a b")]
    [InlineData("Host: a:b")]
    [InlineData("Host: a:65536")]
    [InlineData("Host: user@a")]
    [InlineData("Host: http://a")]
    [InlineData("Host: [::1")]
    [InlineData("Host: ::1")]
    public void Parse_BadHost_IsRefused(string lines)
    {
        AssertRefused(400, Heads.Request("GET / HTTP/1.1", lines));
        AssertRefused(400, Heads.Request("GET http://a/ HTTP/1.1", lines));
    }

    [Theory]
    [InlineData("Content-Length: 1")]
    [InlineData("Content-Length: 00")]
    [InlineData("Content-Length: -0")]
    [InlineData("Content-Length:")]
    [InlineData("Content-Length: 0\r\nContent-Length: 0")]
    [InlineData("Transfer-Encoding: chunked")]
    [InlineData("transfer-encoding: identity")]
    [InlineData("Content-Length: 0\r\nTransfer-Encoding: chunked")]
    public void Parse_GetWithBody_IsRefused(string lines)
    {
        AssertRefused(400, Heads.Request("GET / HTTP/1.1", "Host: a", lines));
        Assert.True(Heads.Parse(Heads.Request("POST / HTTP/1.1", "Host: a", lines)).IsDone);
    }

    [Fact]
    public void Parse_ContentLengthOfZero_IsDone() =>
        Assert.True(Heads.Parse(Heads.Request("GET / HTTP/1.1", "Host: a", "Content-Length: 0")).IsDone);

    [Fact]
    public void Header_RepeatedInAnyCase_IsJoined()
    {
        RequestHead head = Heads.Good(Heads.Request(
            "GET / HTTP/1.1", "x-a: 1", "Host: a", "X-A:\t 2 3 \t", "X-a:", "X-B:caf\u00E9"));

        Assert.Equal("1, 2 3, ", head.Header("X-A"));
        Assert.Equal(3, head.CountHeaders("x-A"));
        Assert.Equal("café", head.Header("X-B"));
    }

    private static void AssertRefused(int status, string text)
    {
        RequestHeadResult result = Heads.Parse(text);

        Assert.True(result.IsViolation, Heads.Describe(result));
        Assert.Equal(status, result.Refusal.StatusCode);
        Assert.Equal(0, result.Consumed);
        Assert.Null(result.Head);
    }
}
