using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Tests.Handshake;

public sealed class HostPolicyTests
{
    [Theory]
    [InlineData("example.com", "EXAMPLE.com", true)]
    [InlineData("Example.com", "example.com:8080", true)]
    [InlineData("example.com", "a.example.com", false)]
    [InlineData("example.com", "evilexample.com", false)]
    [InlineData("example.com:8080", "example.com:8080", true)]
    [InlineData("example.com:8080", "example.com", false)]
    [InlineData("example.com:8080", "example.com:80", false)]
    [InlineData("*.example.com", "a.b.example.com", true)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("*.example.com", "evilexample.com", false)]
    [InlineData("*.example.com:1", "a.example.com:1", true)]
    [InlineData("*.example.com:1", "a.example.com:2", false)]
    [InlineData("[::1]", "[0::1]:80", true)]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "127.0.0.2", false)]
    public void Allows_ListedHost_DependsOnTheEntry(string listed, string host, bool allowed) =>
        Assert.Equal(allowed, new HostPolicy(["other.example", listed]).Allows(Parse(host)));

    [Fact]
    public void Allows_EmptyList_AllowsEveryHost() => Assert.True(HostPolicy.Any.Allows(Parse("example.com")));

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("*.")]
    [InlineData("https://example.com")]
    [InlineData("a.*.example.com")]
    [InlineData("*.[::1]")]
    public void Constructor_EntryThatIsNoHost_Throws(string entry) =>
        Assert.Throws<ArgumentException>(() => new HostPolicy([entry]));

    private static Authority Parse(string host)
    {
        Assert.True(Authority.TryParse(host, out Authority authority));
        return authority;
    }
}
