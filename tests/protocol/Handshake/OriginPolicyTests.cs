using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Tests.Handshake;

public sealed class OriginPolicyTests
{
    [Theory]
    [InlineData("https://example.com", "https://example.com")]
    [InlineData("https://example.com", "HTTPS://Example.COM")]
    [InlineData("HTTPS://EXAMPLE.com", "https://example.com")]
    [InlineData("https://example.com", "https://example.com:443")]
    [InlineData("https://example.com:443", "https://example.com")]
    [InlineData("http://example.com:80", "http://example.com")]
    [InlineData("https://example.com:8443", "https://example.com:8443")]
    [InlineData("http://[::1]:3000", "http://[0:0::1]:3000")]
    [InlineData("app+x.y-z://localhost", "app+x.y-z://localhost")]
    [InlineData("https://*.example.com", "https://a.example.com")]
    [InlineData("https://*.example.com", "https://a.B.Example.com:443")]
    [InlineData("https://*.example.com:8443", "https://a.example.com:8443")]
    [InlineData("*", "https://anything.example")]
    [InlineData("null", "null")]
    public void Allows_ListedOrigin_IsTrue(string listed, string origin) =>
        Assert.True(new OriginPolicy(["https://other.example", listed]).Allows(origin));

    [Theory]
    [InlineData("https://example.com", "http://example.com")]
    [InlineData("https://example.com", "wss://example.com")]
    [InlineData("https://example.com", "https://example.com:80")]
    [InlineData("https://example.com", "https://example.com.")]
    [InlineData("https://example.com", "https://a.example.com")]
    [InlineData("https://example.com", "https://example.com.evil.com")]
    [InlineData("https://example.com", "https://example.com/")]
    [InlineData("https://example.com", "https://example.com@evil.com")]
    [InlineData("https://example.com", " https://example.com")]
    [InlineData("https://example.com", "example.com")]
    [InlineData("https://example.com", "https:example.com")]
    [InlineData("https://example.com", "")]
    [InlineData("https://example.com", "null")]
    [InlineData("https://example.com", "https://example.com, https://example.com")]
    [InlineData("https://*.example.com", "https://example.com")]
    [InlineData("https://*.example.com", "https://.example.com")]
    [InlineData("https://*.example.com", "https://evilexample.com")]
    [InlineData("https://*.example.com", "https://a.example.com.evil.com")]
    [InlineData("https://*.example.com", "https://a.example.com:444")]
    [InlineData("https://*.example.com", "http://a.example.com")]
    [InlineData("https://*.example.com", "https://*.example.com")]
    [InlineData("*", "null")]
    [InlineData("*", "not an origin")]
    [InlineData("null", "NULL")]
    [InlineData("null", "https://example.com")]
    public void Allows_OtherOrigin_IsFalse(string listed, string origin) =>
        Assert.False(new OriginPolicy([listed]).Allows(origin));

    [Fact]
    public void Allows_MissingOrigin_IsAnOptionOfItsOwn()
    {
        Assert.True(new OriginPolicy([]).Allows(null));
        Assert.False(new OriginPolicy([], allowMissing: false).Allows(null));
        Assert.False(new OriginPolicy(["*"], allowMissing: false).Allows(null));
    }

    [Fact]
    public void Allows_EmptyList_RefusesEveryPage() => Assert.False(new OriginPolicy([]).Allows("https://example.com"));

    [Fact]
    public void AllowsAny_OnlyWithTheStar_IsTrue()
    {
        Assert.True(new OriginPolicy(["https://example.com", "*"]).AllowsAny);
        Assert.False(new OriginPolicy(["https://*.example.com", "null"]).AllowsAny);
    }

    [Theory]
    [InlineData("")]
    [InlineData("example.com")]
    [InlineData("https://")]
    [InlineData("https://example.com/")]
    [InlineData("https://example.com/path")]
    [InlineData("https://*")]
    [InlineData("https://*example.com")]
    [InlineData("https://a.*.example.com")]
    [InlineData("https://*.*.example.com")]
    [InlineData("https://*.[::1]")]
    [InlineData("https://example.com:x")]
    [InlineData("*://example.com")]
    [InlineData("://example.com")]
    [InlineData("1a://example.com")]
    public void Constructor_EntryThatIsNoOrigin_Throws(string entry) =>
        Assert.Throws<ArgumentException>(() => new OriginPolicy([entry]));
}
