using System.Net;
using Switchboard.Gateway.Proxies;

namespace Switchboard.Gateway.Tests.Proxies;

public sealed class ClientAddressesTests
{
    private static readonly IPAddress Proxy = IPAddress.Parse("10.0.0.1");

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("1.1.1.1, 203.0.113.9", "203.0.113.9")]
    [InlineData("203.0.113.9, 10.0.0.7", "203.0.113.9")]
    [InlineData("1.1.1.1,203.0.113.9,10.0.0.7 , 10.9.9.9", "203.0.113.9")]
    [InlineData("10.0.0.3, 10.0.0.2", "10.0.0.3")]
    [InlineData("203.0.113.9:4711", "203.0.113.9")]
    [InlineData("[2001:db8::1]:4711", "2001:db8::1")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("1.1.1.1, nonsense", "10.0.0.1")]
    [InlineData("203.0.113.9, nonsense, 10.0.0.7", "10.0.0.7")]
    [InlineData("1.1.1.1,", "10.0.0.1")]
    [InlineData("", "10.0.0.1")]
    [InlineData(null, "10.0.0.1")]
    [InlineData("[", "10.0.0.1")]
    public void ForwardedFor_FromATrustedProxy_NamesTheRightMostThatIsNone(string? header, string expected) =>
        Assert.Equal(IPAddress.Parse(expected), Create(ClientAddresses.ForwardedFor).Find(Proxy, header));

    [Theory]
    [InlineData("for=203.0.113.9", "203.0.113.9")]
    [InlineData("for=1.1.1.1, for=203.0.113.9;proto=https;by=10.0.0.1", "203.0.113.9")]
    [InlineData("proto=https; For=\"[2001:db8::1]:4711\"", "2001:db8::1")]
    [InlineData("for=203.0.113.9, for=10.0.0.7", "203.0.113.9")]
    [InlineData("for=\"1.1.1.1, for=203.0.113.9", "203.0.113.9")]
    [InlineData("for=_hidden", "10.0.0.1")]
    [InlineData("for=unknown, for=10.0.0.7", "10.0.0.7")]
    [InlineData("by=203.0.113.9", "10.0.0.1")]
    public void Forwarded_FromATrustedProxy_NamesTheRightMostThatIsNone(string header, string expected) =>
        Assert.Equal(IPAddress.Parse(expected), Create(ClientAddresses.Forwarded).Find(Proxy, header));

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("2001:db8:1::5", true)]
    [InlineData("192.0.2.7", true)]
    [InlineData("192.0.2.8", false)]
    [InlineData("11.0.0.1", false)]
    [InlineData("2001:db8:2::5", false)]
    [InlineData("::1", false)]
    public void Peer_IsTrusted_WhereANetworkHoldsIt(string peer, bool trusted) =>
        Assert.Equal(trusted, Create(ClientAddresses.ForwardedFor).IsTrusted(IPAddress.Parse(peer)));

    [Fact]
    public void Header_OfAnything_IsNeverMoreThanAnAddress()
    {
        Random random = new(1);
        const string Alphabet = "0123456789abcdef.:,;[]\"= fork%\\";
        ClientAddresses[] both = [Create(ClientAddresses.ForwardedFor), Create(ClientAddresses.Forwarded)];
        for (int i = 0; i < 200_000; i++)
        {
            string header = new([.. Enumerable.Range(0, random.Next(40)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);

            Assert.NotNull(both[i & 1].Find(Proxy, header));
        }
    }

    private static ClientAddresses Create(string header) => new(new ProxyOptions
    {
        Trusted = ["10.0.0.0/8", "192.0.2.7", "2001:db8:1::/48"],
        Header = header,
    });
}
