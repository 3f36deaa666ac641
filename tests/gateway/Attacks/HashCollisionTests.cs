using System.Net;
using System.Text;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Gateway.Limits;
using Switchboard.Gateway.Sessions;

namespace Switchboard.Gateway.Tests.Attacks;

/// <summary>
/// Names made up so that they all fall into one place of a hash table. They can be found for any hash without a seed: here
/// for the sum of shifted characters that many libraries use. (The runtime's own tables begin with one like it, and take
/// one with a seed once they see a hundred collisions.) Nothing that is looked up by what a client chose may be hashed so.
/// </summary>
public sealed class HashCollisionTests
{
    private const int Bits = 11;

    // "Aa" and "BB" are alike under 31 h + c; so are all words of as many of them.
    private static readonly string[] Names = [.. Enumerable.Range(0, 1 << Bits).Select(static i =>
        string.Concat(Enumerable.Range(0, Bits).Select(bit => (i >> bit & 1) == 0 ? "Aa" : "BB")))];

    [Fact]
    public void Names_AreAlikeUnderAHashWithoutASeed() =>
        Assert.Single(Names.Select(static name => name.Aggregate(0, static (hash, c) => unchecked((hash * 31) + c))).Distinct());

    [Fact]
    public void Names_AreSpreadInEverythingThatLooksThemUp()
    {
        ShouldSpread(name => FeedId.Of(new RoomName(name)));
        ShouldSpread(name => FeedId.Of(new UserName(name)));
        ShouldSpread(name => FeedId.Of(new ConnectionId(name)));
        ShouldSpread(name => new RoomName(name));
        ShouldSpread(name => new UserName(name));
        ShouldSpread(name => new ConnectionId(name));
        ShouldSpread(name => (new ConnectionId(name), 1L));
        ShouldSpread(name => Utf8Comparer.Instance.GetHashCode(Encoding.UTF8.GetBytes(name)));
    }

    [Fact]
    public void Addresses_ThatAreAlikeUnderTheHashOfTheirNumbers_AreSpread()
    {
        // Both halves of the network alike: without a seed they cancel out.
        AddressKey[] keys = [.. Enumerable.Range(1, 1 << Bits).Select(static i =>
            new AddressKey(IPAddress.Parse($"2001:{i:x}:2001:{i:x}::1")))];

        Assert.InRange(keys.Select(static key => key.GetHashCode()).Distinct().Count(), keys.Length * 99 / 100, keys.Length);
    }

    private static void ShouldSpread<T>(Func<string, T> create) => Assert.InRange(
        Names.Select(name => create(name)!.GetHashCode()).Distinct().Count(), Names.Length * 99 / 100, Names.Length);
}
