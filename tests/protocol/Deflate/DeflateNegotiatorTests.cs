using Switchboard.Protocol.Deflate;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Tests.Deflate;

public sealed class DeflateNegotiatorTests
{
    private const string WithFallback =
        "permessage-deflate; client_max_window_bits; server_max_window_bits=10, " +
        "permessage-deflate; client_max_window_bits";

    private const string NoTakeover = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    // The examples of RFC 7692 §7.1.3 and §5, and what the options make of them.
    [Theory]
    [InlineData("permessage-deflate", "permessage-deflate", 15, 15)]
    [InlineData("permessage-deflate; client_max_window_bits", "permessage-deflate", 15, 15)]
    [InlineData(
        "permessage-deflate; client_max_window_bits; server_max_window_bits=10",
        "permessage-deflate; server_max_window_bits=10", 10, 15)]
    [InlineData(WithFallback, "permessage-deflate; server_max_window_bits=10", 10, 15)]
    [InlineData(
        "permessage-deflate; server_max_window_bits=\"10\"",
        "permessage-deflate; server_max_window_bits=10", 10, 15)]
    public void Negotiate_ExampleOfTheRfc_IsAnsweredAsThere(string offer, string answer, int serverBits, int clientBits)
    {
        DeflateParameters? agreed = Negotiate(offer, Takeover(), 9, out string? actual);

        Assert.Equal(answer, actual);
        Assert.Equal(new DeflateParameters(false, false, serverBits, clientBits), agreed);
    }

    [Fact]
    public void Negotiate_ExampleWithFallback_AcceptsTheSecondWhereTheFirstCannotBeMet()
    {
        DeflateParameters? agreed = Negotiate(WithFallback, Takeover(), 15, out string? answer);

        Assert.Equal("permessage-deflate", answer);
        Assert.Equal(new DeflateParameters(false, false, 15, 15), agreed);
    }

    // RFC 7692 §7.1.1: without the client's asking too.
    [Theory]
    [InlineData(false, false, "", true, true)]
    [InlineData(true, false, "", false, true)]
    [InlineData(false, true, "", true, false)]
    [InlineData(true, true, "", false, false)]
    [InlineData(true, true, "; server_no_context_takeover", true, false)]
    [InlineData(true, true, "; client_no_context_takeover", false, true)]
    [InlineData(true, true, "; client_no_context_takeover; server_no_context_takeover", true, true)]
    [InlineData(false, false, "; client_no_context_takeover; server_no_context_takeover", true, true)]
    public void Negotiate_ContextTakeover_NeedsBothSides(
        bool allowServer, bool allowClient, string offered, bool serverNone, bool clientNone)
    {
        DeflateOptions options = new()
        {
            AllowServerContextTakeover = allowServer,
            AllowClientContextTakeover = allowClient,
        };

        DeflateParameters? agreed = Negotiate("permessage-deflate" + offered, options, 9, out string? answer);

        Assert.Equal(new DeflateParameters(serverNone, clientNone, 15, 15), agreed);
        Assert.Equal(
            "permessage-deflate"
                + (serverNone ? "; server_no_context_takeover" : "")
                + (clientNone ? "; client_no_context_takeover" : ""),
            answer);
    }

    // RFC 7692 §7.1.2.1.
    [Theory]
    [InlineData("", 15, 9, "", 15)]
    [InlineData("", 12, 9, "; server_max_window_bits=12", 12)]
    [InlineData("; server_max_window_bits=15", 15, 9, "; server_max_window_bits=15", 15)]
    [InlineData("; server_max_window_bits=15", 15, 15, "; server_max_window_bits=15", 15)]
    [InlineData("; server_max_window_bits=9", 15, 9, "; server_max_window_bits=9", 9)]
    [InlineData("; server_max_window_bits=13", 11, 9, "; server_max_window_bits=11", 11)]
    [InlineData("; server_max_window_bits=11", 13, 9, "; server_max_window_bits=11", 11)]
    [InlineData("", 10, 15, "", 15)]
    [InlineData("; server_max_window_bits=14", 10, 12, "; server_max_window_bits=12", 12)]
    public void Negotiate_ServerWindow_IsTheSmallestOfWhatIsWantedAndCanBe(
        string offered, int max, int min, string answered, int bits)
    {
        DeflateOptions options = new() { MaxServerWindowBits = max };

        DeflateParameters? agreed = Negotiate("permessage-deflate" + offered, options, min, out string? answer);

        Assert.Equal(NoTakeover + answered, answer);
        Assert.Equal(new DeflateParameters(true, true, bits, 15), agreed);
    }

    // RFC 7692 §7.1.2.2.
    [Theory]
    [InlineData("", 10, "", 15)]
    [InlineData("; client_max_window_bits", 15, "", 15)]
    [InlineData("; client_max_window_bits", 10, "; client_max_window_bits=10", 10)]
    [InlineData("; client_max_window_bits=15", 15, "", 15)]
    [InlineData("; client_max_window_bits=12", 15, "; client_max_window_bits=12", 12)]
    [InlineData("; client_max_window_bits=12", 12, "; client_max_window_bits=12", 12)]
    [InlineData("; client_max_window_bits=12", 10, "; client_max_window_bits=10", 10)]
    [InlineData("; client_max_window_bits=8", 9, "; client_max_window_bits=8", 8)]
    public void Negotiate_ClientWindow_IsNamedOnlyWhereOfferedAndBelow15(
        string offered, int max, string answered, int bits)
    {
        DeflateOptions options = new() { MaxClientWindowBits = max };

        DeflateParameters? agreed = Negotiate("permessage-deflate" + offered, options, 9, out string? answer);

        Assert.Equal(NoTakeover + answered, answer);
        Assert.Equal(new DeflateParameters(true, true, 15, bits), agreed);
    }

    // RFC 7692 §7.1: each of these must be declined, and the next offer looked at.
    [Theory]
    [InlineData("unknown")]
    [InlineData("unknown=1")]
    [InlineData("SERVER_NO_CONTEXT_TAKEOVER")]
    [InlineData("server_no_context_takeover=1")]
    [InlineData("server_no_context_takeover; server_no_context_takeover")]
    [InlineData("client_no_context_takeover=true")]
    [InlineData("client_no_context_takeover; server_no_context_takeover; client_no_context_takeover")]
    [InlineData("server_max_window_bits")]
    [InlineData("server_max_window_bits=7")]
    [InlineData("server_max_window_bits=8")]
    [InlineData("server_max_window_bits=16")]
    [InlineData("server_max_window_bits=09")]
    [InlineData("server_max_window_bits=010")]
    [InlineData("server_max_window_bits=+9")]
    [InlineData("server_max_window_bits=0")]
    [InlineData("server_max_window_bits=1")]
    [InlineData("server_max_window_bits=100")]
    [InlineData("server_max_window_bits=ten")]
    [InlineData("server_max_window_bits=10; server_max_window_bits=10")]
    [InlineData("client_max_window_bits=7")]
    [InlineData("client_max_window_bits=16")]
    [InlineData("client_max_window_bits=08")]
    [InlineData("client_max_window_bits=4294967305")]
    [InlineData("client_max_window_bits; client_max_window_bits=10")]
    [InlineData("client_max_window_bits; client_max_window_bits")]
    public void Negotiate_InvalidParameter_DeclinesThatOfferOnly(string parameters)
    {
        const string Next = "permessage-deflate; server_max_window_bits=11";
        string offer = $"permessage-deflate; {parameters}";

        Assert.Null(Negotiate(offer, Takeover(), 9, out string? none));
        Assert.Null(none);
        Assert.NotNull(Negotiate(offer + ", " + Next, Takeover(), 9, out string? answer));
        Assert.Equal(Next, answer);
    }

    [Theory]
    [InlineData(9, 9, true)]
    [InlineData(10, 11, false)]
    [InlineData(11, 11, true)]
    [InlineData(14, 15, false)]
    [InlineData(15, 15, true)]
    public void Negotiate_ServerWindowBelowWhatTheCodecCan_IsDeclined(int offered, int min, bool accepted)
    {
        DeflateParameters? agreed = Negotiate(
            $"permessage-deflate; server_max_window_bits={offered}", Takeover(), min, out string? answer);

        Assert.Equal(accepted, agreed is not null);
        Assert.Equal(accepted, answer is not null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x-webkit-deflate-frame")]
    [InlineData("permessage-bzip2, deflate")]
    [InlineData("Permessage-Deflate")]
    public void Negotiate_OtherExtensions_AreIgnored(string offer)
    {
        Assert.Null(Negotiate(offer, new DeflateOptions(), 9, out string? answer));
        Assert.Null(answer);
        Assert.NotNull(Negotiate(offer + ", permessage-deflate", new DeflateOptions(), 9, out _));
    }

    [Fact]
    public void Negotiate_Disabled_DeclinesEverything()
    {
        Assert.Null(Negotiate("permessage-deflate", new DeflateOptions { Enabled = false }, 9, out string? answer));
        Assert.Null(answer);
    }

    private static DeflateOptions Takeover() =>
        new() { AllowServerContextTakeover = true, AllowClientContextTakeover = true };

    private static DeflateParameters? Negotiate(string offer, DeflateOptions options, int min, out string? answer)
    {
        Assert.True(ExtensionList.TryParse(offer, out List<Extension> offers) || offer.Length == 0);
        return DeflateNegotiator.Negotiate(offers, options, min, out answer);
    }
}
