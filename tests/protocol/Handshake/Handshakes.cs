using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Tests.Handshake;

/// <summary>Runs a head through the parser and the server's decision.</summary>
internal static class Handshakes
{
    public static HandshakeAcceptance Accepted(string text, HandshakeOptions? options = null)
    {
        HandshakeResult result = Evaluate(text, options);
        Assert.True(result.IsAccepted, result.Refusal?.Text);
        Assert.Null(result.Refusal);
        return result.Acceptance;
    }

    public static HandshakeRefusal Refused(int status, string text, HandshakeOptions? options = null)
    {
        HandshakeResult result = Evaluate(text, options);
        Assert.False(result.IsAccepted);
        Assert.Equal(status, result.Refusal.StatusCode);
        return result.Refusal;
    }

    private static HandshakeResult Evaluate(string text, HandshakeOptions? options) =>
        ServerHandshake.Evaluate(Heads.Good(text), options ?? new HandshakeOptions());
}
