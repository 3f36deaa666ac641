using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Tests.Handshake;

public sealed class TokenListTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("keep-alive, Upgrade", "keep-alive Upgrade")]
    [InlineData(" ,\t, a ,,b\t,", "a b")]
    [InlineData("a,a", "a a")]
    [InlineData("!#$%&'*+-.^_`|~0Az", "!#$%&'*+-.^_`|~0Az")]
    public void TryParse_Tokens_GivesThemInOrder(string value, string expected)
    {
        Assert.True(TokenList.TryParse(value, versions: false, out List<string> elements));
        Assert.Equal(expected, string.Join(' ', elements));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a, b c")]
    [InlineData("\"a\"")]
    [InlineData("a;b")]
    [InlineData("a=b")]
    [InlineData("a/b")]
    [InlineData("é")]
    [InlineData("a\u000Bb")]
    public void TryParse_NoToken_IsFalse(string value) =>
        Assert.False(TokenList.TryParse(value, versions: false, out _));

    [Theory]
    [InlineData("websocket", true)]
    [InlineData("h2c, HTTP/2.0, websocket", true)]
    [InlineData("a/", false)]
    [InlineData("/b", false)]
    [InlineData("a/b/c", false)]
    [InlineData("a /b", false)]
    public void TryParse_WithVersions_AllowsOneSlash(string value, bool valid) =>
        Assert.Equal(valid, TokenList.TryParse(value, versions: true, out _));

    [Fact]
    public void TryParse_ElementOverTheMaximum_IsFalse()
    {
        Assert.True(TokenList.TryParse(string.Join(",,", Enumerable.Repeat("a", 32)), versions: false, out _));
        Assert.False(TokenList.TryParse(string.Join(",", Enumerable.Repeat("a", 33)), versions: false, out _));
    }
}
