using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Tests.Handshake;

public sealed class SubprotocolTests
{
    [Theory]
    [InlineData("chat", "chat")]
    [InlineData("superchat, chat", "superchat")]
    [InlineData("chat, superchat", "chat")]
    [InlineData("other, ,superchat,chat", "superchat")]
    [InlineData("Chat, chat", "chat")]
    public void Evaluate_Offer_TheClientsOrderDecides(string offer, string chosen)
    {
        string head = Heads.Upgrade($"Sec-WebSocket-Protocol: {offer}");

        Assert.Equal(chosen, Handshakes.Accepted(head, Options()).Subprotocol);
    }

    [Fact]
    public void Evaluate_OfferOverTwoHeaders_IsOneList()
    {
        string head = Heads.Upgrade("Sec-WebSocket-Protocol: other", "+sec-websocket-protocol: superchat");

        Assert.Equal("superchat", Handshakes.Accepted(head, Options()).Subprotocol);
    }

    [Fact]
    public void Evaluate_NoOffer_IsAcceptedWithout() =>
        Assert.Null(Handshakes.Accepted(Heads.Upgrade(), Options()).Subprotocol);

    [Theory]
    [InlineData("other")]
    [InlineData("CHAT")]
    public void Evaluate_NoneSupported_IsRefusedAndTheSupportedAreNamed(string offer)
    {
        string head = Heads.Upgrade($"Sec-WebSocket-Protocol: {offer}");

        HandshakeRefusal refusal = Handshakes.Refused(400, head, Options());

        Assert.Equal("None of the offered subprotocols is supported; these are: chat, superchat.", refusal.Text);
    }

    [Fact]
    public void Evaluate_NoneSupported_CanBeAcceptedWithout()
    {
        HandshakeOptions options = Options(SubprotocolMismatch.AcceptWithout);

        Assert.Null(Handshakes.Accepted(Heads.Upgrade("Sec-WebSocket-Protocol: other"), options).Subprotocol);
        Assert.Equal("chat", Handshakes.Accepted(Heads.Upgrade("Sec-WebSocket-Protocol: chat"), options).Subprotocol);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("chat chat")]
    [InlineData("chat;x")]
    [InlineData("chat/1")]
    [InlineData("\"chat\"")]
    [InlineData("chat, chat")]
    [InlineData("a1,a2,a3,a4,a5,a6,a7,a8,b1,b2,b3,b4,b5,b6,b7,b8,c1,c2,c3,c4,c5,c6,c7,c8,d1,d2,d3,d4,d5,d6,d7,d8,chat")]
    public void Evaluate_MalformedOffer_Is400(string offer) =>
        Handshakes.Refused(
            400, Heads.Upgrade($"Sec-WebSocket-Protocol: {offer}"), Options(SubprotocolMismatch.AcceptWithout));

    [Fact]
    public void Validate_Options_AreChecked()
    {
        Assert.Null(new HandshakeOptions().Validate());
        Assert.Null(Options().Validate());
        Assert.NotNull(new HandshakeOptions { Subprotocols = ["a b"] }.Validate());
        Assert.NotNull(new HandshakeOptions { Subprotocols = ["a\r\nX: y"] }.Validate());
        Assert.NotNull(new HandshakeOptions { Subprotocols = ["a", "a"] }.Validate());
        string[] many = [.. Enumerable.Range(0, 33).Select(i => $"p{i}")];
        Assert.Null(new HandshakeOptions { Subprotocols = many[..32] }.Validate());
        Assert.NotNull(new HandshakeOptions { Subprotocols = many }.Validate());
        Assert.NotNull(new HandshakeOptions { MinServerWindowBits = 8 }.Validate());
        Assert.NotNull(new HandshakeOptions { MinServerWindowBits = 16 }.Validate());
        Assert.NotNull(new HandshakeOptions { Deflate = new() { MaxServerWindowBits = 8 } }.Validate());
    }

    private static HandshakeOptions Options(SubprotocolMismatch mismatch = SubprotocolMismatch.Refuse) =>
        new() { Subprotocols = ["chat", "superchat"], OnSubprotocolMismatch = mismatch };
}
