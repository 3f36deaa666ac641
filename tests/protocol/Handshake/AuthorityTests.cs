using FsCheck;
using FsCheck.Fluent;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Tests.Handshake;

public sealed class AuthorityTests
{
    private static readonly Gen<string> Texts = Gen.Choose(0, 6).SelectMany(n => Gen
        .Elements("a", "Z9", ".", ":", "[", "]", "::", "1", "80", "ff", "-", "[::1]", "1.2.3.4", "%", " ", "65535")
        .ListOf(n)
        .Select(string.Concat));

    [Theory]
    [InlineData("example.com", "example.com", null)]
    [InlineData("EXAMPLE.com:0443", "example.com", 443)]
    [InlineData("example.com.", "example.com.", null)]
    [InlineData("localhost:", "localhost", null)]
    [InlineData("a_b-c.d:0", "a_b-c.d", 0)]
    [InlineData("127.0.0.1:65535", "127.0.0.1", 65535)]
    [InlineData("[::1]", "[::1]", null)]
    [InlineData("[2001:DB8:0:0::A]:80", "[2001:db8::a]", 80)]
    [InlineData("[::ffff:1.2.3.4]", "[::ffff:1.2.3.4]", null)]
    public void TryParse_Valid_GivesHostAndPort(string text, string host, int? port)
    {
        Assert.True(Authority.TryParse(text, out Authority authority));
        Assert.Equal(new Authority(host, port), authority);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":80")]
    [InlineData(".")]
    [InlineData(".a")]
    [InlineData("a..b")]
    [InlineData("a..")]
    [InlineData("a b")]
    [InlineData(" a")]
    [InlineData("a/b")]
    [InlineData("a@b")]
    [InlineData("a%41")]
    [InlineData("a,b")]
    [InlineData("a~b")]
    [InlineData("*.a")]
    [InlineData("é")]
    [InlineData("a:65536")]
    [InlineData("a:-1")]
    [InlineData("a:+1")]
    [InlineData("a: 1")]
    [InlineData("a:1:2")]
    [InlineData("a:x")]
    [InlineData("a:80\0")]
    [InlineData("::1")]
    [InlineData("[]")]
    [InlineData("[::1")]
    [InlineData("[::1]x")]
    [InlineData("[::1]80")]
    [InlineData("[::1%25eth0]")]
    [InlineData("[fe80::1%1]")]
    [InlineData("[1.2.3.4]")]
    [InlineData("[v1.a]")]
    [InlineData("[[::1]]")]
    [InlineData("[::1::]")]
    [InlineData("[1:2:3:4:5:6:7:8:9]")]
    public void TryParse_Invalid_IsFalse(string text) => Assert.False(Authority.TryParse(text, out _));

    [Fact]
    public void TryParse_NameOf255Characters_IsTheLongest()
    {
        Assert.True(Authority.TryParse(new string('a', 255), out _));
        Assert.False(Authority.TryParse(new string('a', 256), out _));
    }

    [Fact]
    public void ToString_ParsedAgain_IsTheSame() =>
        Prop.ForAll(Texts.ToArbitrary(), text =>
            !Authority.TryParse(text, out Authority first)
                || (Authority.TryParse(first.ToString(), out Authority second) && first == second))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1500));

    [Fact]
    public void TryParse_AnyText_AcceptsWhatTheGrammarAccepts() =>
        Prop.ForAll(Texts.ToArbitrary(), text => Authority.TryParse(text, out _) == HeadOracle.IsHost(text))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1500));
}
