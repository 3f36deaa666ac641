using Switchboard.Protocol.Deflate;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Tests.Deflate;

public sealed class DeflateNegotiatorClientTests
{
    [Theory]
    [InlineData(
        false, false, 15, 15, 9,
        "permessage-deflate; server_no_context_takeover; client_no_context_takeover; client_max_window_bits")]
    [InlineData(true, true, 15, 15, 9, "permessage-deflate; client_max_window_bits")]
    [InlineData(true, true, 15, 15, 15, "permessage-deflate")]
    [InlineData(true, true, 10, 15, 15, "permessage-deflate; server_max_window_bits=10")]
    [InlineData(true, true, 15, 11, 9, "permessage-deflate; client_max_window_bits=11")]
    [InlineData(true, true, 15, 11, 12, "permessage-deflate; client_max_window_bits=12")]
    [InlineData(true, true, 15, 11, 15, "permessage-deflate")]
    public void Offer_FromOptions_SaysWhatIsWanted(
        bool serverTakeover, bool clientTakeover, int serverBits, int clientBits, int min, string expected)
    {
        DeflateOptions options = new()
        {
            AllowServerContextTakeover = serverTakeover,
            AllowClientContextTakeover = clientTakeover,
            MaxServerWindowBits = serverBits,
            MaxClientWindowBits = clientBits,
        };

        Assert.Equal(expected, DeflateClientNegotiator.Offer(options, min).ToString());
    }

    [Theory]
    [InlineData("", "", false, false, 15, 15)]
    [InlineData("", "; server_no_context_takeover", true, false, 15, 15)]
    [InlineData("", "; client_no_context_takeover", false, true, 15, 15)]
    [InlineData("", "; server_max_window_bits=8", false, false, 8, 15)]
    [InlineData("; server_no_context_takeover", "; server_no_context_takeover", true, false, 15, 15)]
    [InlineData("; client_no_context_takeover", "", false, true, 15, 15)]
    [InlineData("; server_max_window_bits=12", "; server_max_window_bits=12", false, false, 12, 15)]
    [InlineData("; server_max_window_bits=12", "; server_max_window_bits=9", false, false, 9, 15)]
    [InlineData("; client_max_window_bits", "; client_max_window_bits=9", false, false, 15, 9)]
    [InlineData("; client_max_window_bits", "", false, false, 15, 15)]
    [InlineData("; client_max_window_bits=12", "", false, false, 15, 12)]
    [InlineData("; client_max_window_bits=12", "; client_max_window_bits=12", false, false, 15, 12)]
    public void TryAccept_FittingAnswer_IsAgreed(
        string offer, string answer, bool serverNone, bool clientNone, int serverBits, int clientBits)
    {
        Assert.True(TryAccept(offer, "permessage-deflate" + answer, 9, out DeflateParameters agreed));
        Assert.Equal(new DeflateParameters(serverNone, clientNone, serverBits, clientBits), agreed);
    }

    [Theory]
    [InlineData("", "permessage-other")]
    [InlineData("", "permessage-deflate; unknown")]
    [InlineData("", "permessage-deflate; server_no_context_takeover=1")]
    [InlineData("", "permessage-deflate; client_no_context_takeover; client_no_context_takeover")]
    [InlineData("", "permessage-deflate; server_max_window_bits")]
    [InlineData("", "permessage-deflate; server_max_window_bits=16")]
    [InlineData("", "permessage-deflate; client_max_window_bits=10")]
    [InlineData("; server_no_context_takeover", "permessage-deflate")]
    [InlineData("; server_max_window_bits=12", "permessage-deflate")]
    [InlineData("; server_max_window_bits=12", "permessage-deflate; server_max_window_bits=13")]
    [InlineData("; client_max_window_bits", "permessage-deflate; client_max_window_bits")]
    [InlineData("; client_max_window_bits", "permessage-deflate; client_max_window_bits=8")]
    [InlineData("; client_max_window_bits=12", "permessage-deflate; client_max_window_bits=13")]
    public void TryAccept_AnswerThatDoesNotFit_IsFalse(string offer, string answer) =>
        Assert.False(TryAccept(offer, answer, 9, out _));

    private static bool TryAccept(string offer, string answer, int min, out DeflateParameters agreed)
    {
        Assert.True(ExtensionList.TryParse("permessage-deflate" + offer, out List<Extension> offers));
        Assert.True(DeflateExtension.TryParse(offers[0], out DeflateExtension offered));
        Assert.True(ExtensionList.TryParse(answer, out List<Extension> answers));
        return DeflateClientNegotiator.TryAccept(answers[0], offered, min, out agreed);
    }
}
