using System.Net;
using Switchboard.Gateway.Limits;

namespace Switchboard.Gateway.Tests.Limits;

public sealed class AddressKeyTests
{
    [Theory]
    [InlineData("2001:db8::1", "2001:db8::ffff:1:2:3", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("0.0.0.0", "::", false)]
    public void Addresses_AreOne_WithinOne64(string one, string other, bool same)
    {
        AddressKey first = new(IPAddress.Parse(one));
        AddressKey second = new(IPAddress.Parse(other));

        Assert.Equal(same, first.Equals(second));
        Assert.True(!same || first.GetHashCode() == second.GetHashCode());
    }
}
