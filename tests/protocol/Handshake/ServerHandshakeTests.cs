using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Switchboard.Protocol.Deflate;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Tests.Handshake;

public sealed class ServerHandshakeTests
{
    [Fact]
    public void Evaluate_PlainRequest_IsAccepted()
    {
        HandshakeAcceptance acceptance = Handshakes.Accepted(Heads.Upgrade());

        Assert.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", acceptance.Accept);
        Assert.Null(acceptance.Subprotocol);
        Assert.Null(acceptance.Deflate);
        Assert.Null(acceptance.Extensions);
    }

    [Theory]
    [InlineData("Upgrade: WebSocket")]
    [InlineData("uPGRADE: WEBSOCKET")]
    [InlineData("Upgrade: h2c, websocket")]
    [InlineData("Upgrade: HTTP/2.0,, websocket ,")]
    [InlineData("Connection: keep-alive, Upgrade")]
    [InlineData("connection: UPGRADE")]
    [InlineData("Connection: ,upgrade,")]
    [InlineData("+Connection: keep-alive")]
    [InlineData("+Upgrade: h2c")]
    [InlineData("sec-websocket-version:13")]
    [InlineData("SEC-WEBSOCKET-KEY: AQIDBAUGBwgJCgsMDQ4PEC==")]
    public void Evaluate_SpelledOtherwise_IsAccepted(string line) => Handshakes.Accepted(Heads.Upgrade(line));

    [Theory]
    [InlineData("POST")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("get")]
    public void Evaluate_OtherMethod_Is405(string method)
    {
        HandshakeRefusal refusal = Handshakes.Refused(405, method + Heads.Upgrade()[3..]);

        Assert.Equal([new("Allow", "GET")], refusal.Headers);
    }

    [Theory]
    [InlineData("-Upgrade", "-Connection")]
    [InlineData("-Upgrade", "Connection: keep-alive")]
    [InlineData("Upgrade: h2c", "Connection: Upgrade")]
    [InlineData("Upgrade: h2c", "-Connection")]
    [InlineData("Upgrade: websockets", "Connection: Upgrade")]
    [InlineData("Upgrade: websocket/13", "Connection: Upgrade")]
    [InlineData("Upgrade:", "Connection: Upgrade")]
    public void Evaluate_NoUpgradeToWebSocket_Is426(string upgrade, string connection)
    {
        HandshakeRefusal refusal = Handshakes.Refused(426, Heads.Upgrade(upgrade, connection));

        Assert.Equal([new("Upgrade", "websocket"), new("Connection", "Upgrade")], refusal.Headers);
    }

    [Theory]
    [InlineData("-Upgrade")]
    [InlineData("-Connection")]
    [InlineData("Connection: keep-alive")]
    [InlineData("Connection: upgraded")]
    [InlineData("Connection:")]
    [InlineData("Upgrade: web socket")]
    [InlineData("Upgrade: \"websocket\"")]
    [InlineData("Connection: Upgrade; x")]
    [InlineData("Connection: a/b, Upgrade")]
    public void Evaluate_InconsistentUpgrade_Is400(string line) => Handshakes.Refused(400, Heads.Upgrade(line));

    [Theory]
    [InlineData("-Sec-WebSocket-Version")]
    [InlineData("Sec-WebSocket-Version: 8")]
    [InlineData("Sec-WebSocket-Version: 14")]
    [InlineData("Sec-WebSocket-Version: 013")]
    [InlineData("Sec-WebSocket-Version: 13, 8")]
    [InlineData("Sec-WebSocket-Version:")]
    [InlineData("+Sec-WebSocket-Version: 13")]
    public void Evaluate_OtherVersion_Is426AndNamesOurs(string line)
    {
        HandshakeRefusal refusal = Handshakes.Refused(426, Heads.Upgrade(line));

        Assert.Equal(
            [new("Upgrade", "websocket"), new("Connection", "Upgrade"), new("Sec-WebSocket-Version", "13")],
            refusal.Headers);
    }

    [Theory]
    [InlineData("-Sec-WebSocket-Key")]
    [InlineData("Sec-WebSocket-Key:")]
    [InlineData("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j")]
    [InlineData("+Sec-WebSocket-Key: " + Heads.SampleKey)]
    public void Evaluate_BadKey_Is400(string line) => Handshakes.Refused(400, Heads.Upgrade(line));

    [Fact]
    public void Evaluate_Origin_IsHeldAgainstThePolicy()
    {
        HandshakeOptions options = new() { Origins = new OriginPolicy(["https://example.com"], allowMissing: false) };

        Handshakes.Accepted(Heads.Upgrade("Origin: https://example.com"), options);
        Handshakes.Refused(403, Heads.Upgrade("Origin: https://evil.example"), options);
        Handshakes.Refused(403, Heads.Upgrade("Origin:"), options);
        Handshakes.Refused(403, Heads.Upgrade(), options);
        Handshakes.Refused(400, Heads.Upgrade("Origin: https://example.com", "+Origin: https://example.com"), options);
    }

    [Fact]
    public void Evaluate_ByDefault_RefusesPagesAndAcceptsOtherClients()
    {
        Handshakes.Accepted(Heads.Upgrade());
        Handshakes.Refused(403, Heads.Upgrade("Origin: https://server.example.com"));
    }

    [Fact]
    public void Evaluate_Host_IsHeldAgainstThePolicy()
    {
        HandshakeOptions options = new() { Hosts = new HostPolicy(["server.example.com"]) };

        Handshakes.Accepted(Heads.Upgrade(), options);
        Handshakes.Refused(400, Heads.Upgrade("Host: evil.example"), options);
        Handshakes.Refused(400, "GET http://evil.example" + Heads.Upgrade()["GET ".Length..], options);
    }

    [Theory]
    [InlineData(",")]
    [InlineData("permessage-deflate;")]
    [InlineData("permessage-deflate; server_max_window_bits=")]
    [InlineData("permessage-deflate; server_max_window_bits=\"1 0\"")]
    [InlineData("a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a")]
    [InlineData("a;b;b;b;b;b;b;b;b;b;b;b;b;b;b;b;b;b")]
    public void Evaluate_MalformedExtensions_Is400(string value) =>
        Handshakes.Refused(400, Heads.Upgrade($"Sec-WebSocket-Extensions: {value}"));

    [Fact]
    public void Evaluate_Extensions_AreNegotiatedOverAllHeaders()
    {
        string head = Heads.Upgrade(
            "Sec-WebSocket-Extensions: x-unknown; a=b, permessage-deflate; server_max_window_bits=9",
            "+Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits; server_max_window_bits=15");

        HandshakeAcceptance first = Handshakes.Accepted(head);
        HandshakeAcceptance second = Handshakes.Accepted(head, new HandshakeOptions { MinServerWindowBits = 15 });
        HandshakeAcceptance none = Handshakes.Accepted(head, new() { Deflate = new() { Enabled = false } });

        Assert.Equal(new DeflateParameters(true, true, 9, 15), first.Deflate);
        Assert.Equal(
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=9",
            first.Extensions);
        Assert.Equal(new DeflateParameters(true, true, 15, 15), second.Deflate);
        Assert.Null(none.Deflate);
        Assert.Null(none.Extensions);
    }

    [Fact]
    public void Evaluate_SeveralFaults_AnswersTheFirstInTheDocumentedOrder()
    {
        HandshakeOptions options = new()
        {
            Hosts = new HostPolicy(["server.example.com"]),
            Origins = new OriginPolicy([]),
            Subprotocols = ["chat"],
        };
        string[] faults =
        [
            "Host: evil.example",
            "Upgrade: h2c",
            "Sec-WebSocket-Version: 8",
            "Sec-WebSocket-Key: x",
            "Origin: https://evil.example",
            "Sec-WebSocket-Protocol: other",
            "Sec-WebSocket-Extensions: ;",
        ];
        int[] statuses = [400, 426, 426, 400, 403, 400, 400];
        string[] words = ["host", "WebSocket only", "version", "Key", "origin", "subprotocols", "Extensions"];

        for (int i = 0; i < faults.Length; i++)
        {
            HandshakeRefusal refusal = Handshakes.Refused(statuses[i], Heads.Upgrade(faults[i..]), options);
            Assert.Contains(words[i], refusal.Text, StringComparison.Ordinal);
        }

        Handshakes.Refused(405, "PUT" + Heads.Upgrade(faults)[3..], options);
    }

    [Fact]
    public void Evaluate_MutatedHead_AnswersWithAKnownStatus() =>
        Prop.ForAll(MutatedHeads.Generator.ToArbitrary(), bytes =>
        {
            RequestHeadResult result = Heads.Parse(new ReadOnlySequence<byte>(bytes));
            HandshakeRefusal? refusal = result.Refusal;
            if (result.IsDone)
            {
                _ = result.Head.TryGetQueryParameter("x", out _);
                refusal = ServerHandshake.Evaluate(result.Head, new HandshakeOptions()).Refusal;
            }

            return refusal is null || refusal.StatusCode is 400 or 403 or 405 or 414 or 426 or 431 or 505;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
}
