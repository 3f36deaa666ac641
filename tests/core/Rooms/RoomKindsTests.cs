using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;

namespace Switchboard.Core.Tests.Rooms;

public class RoomKindsTests
{
    [Theory]
    [InlineData("game:*", "game:1", true)]
    [InlineData("game:*", "game:", true)]
    [InlineData("game:*", "game", false)]
    [InlineData("game:*", "a game:1", false)]
    [InlineData("*", "anything", true)]
    [InlineData("lobby", "lobby", true)]
    [InlineData("lobby", "lobby2", false)]
    [InlineData("lobby", "Lobby", false)]
    [InlineData("*:chat", "game:chat", true)]
    [InlineData("*:chat", "game:chat:2", false)]
    [InlineData("a*a", "a", false)]
    [InlineData("a*a", "aa", true)]
    [InlineData("a*b*c", "abc", true)]
    [InlineData("a*b*c", "a-b-b-c-c", true)]
    [InlineData("a*b*c", "acb", false)]
    [InlineData("*ab*ab*", "ab", false)]
    [InlineData("*ab*ab*", "xabyabz", true)]
    [InlineData("a**b", "ab", true)]
    [InlineData("*aab", "aaab", true)]
    [InlineData("*a*aab", "aaab", true)]
    [InlineData("a*ab", "ab", false)]
    [InlineData("a.c", "abc", false)]
    public void For_Pattern_MatchesTheWholeName(string pattern, string name, bool matches)
    {
        var kinds = new RoomKinds { Kinds = [new RoomKind { Pattern = pattern }] };

        RoomOptions options = kinds.For(new RoomName(name));

        Assert.Same(matches ? kinds.Kinds[0].Options : kinds.Default, options);
    }

    [Fact]
    public void For_SeveralMatch_IsTheFirst()
    {
        var kinds = new RoomKinds
        {
            Kinds = [new RoomKind { Pattern = "game:1" }, new RoomKind { Pattern = "game:*" }, new RoomKind { Pattern = "*" }],
        };

        Assert.Same(kinds.Kinds[0].Options, kinds.For(new RoomName("game:1")));
        Assert.Same(kinds.Kinds[1].Options, kinds.For(new RoomName("game:2")));
        Assert.Same(kinds.Kinds[2].Options, kinds.For(new RoomName("chat")));
    }

    [Fact]
    public void Validate_Problems_AreNamedWithTheirPlace()
    {
        var kinds = new RoomKinds
        {
            Default = new RoomOptions { MaxMembers = 0 },
            Kinds =
            [
                new RoomKind { Pattern = "a", Options = new RoomOptions { MaxStateBytes = -1 } },
                new RoomKind(),
                new RoomKind { Pattern = "a" },
            ],
        };

        Assert.Equal(
            [
                "Default.MaxMembers must be 1 to 1000000, but is 0",
                "Kinds[0].Options.MaxStateBytes must be 0 to 65536, but is -1",
                "Kinds[1].Pattern must not be empty",
                "Kinds[2].Pattern 'a' stands there twice",
            ],
            kinds.Validate());
    }

    [Fact]
    public void Validate_Options_NameEveryFieldOutOfBounds()
    {
        var options = new RoomOptions
        {
            Presence = (PresenceMode)7,
            MaxMembers = 1_000_001,
            MaxStateBytes = 65_537,
            MaxPayloadBytes = 0,
            IdleTime = TimeSpan.FromDays(8),
        };
        options.Feed.MaxKeys = 0;

        Assert.Equal(
            [
                "Feed.MaxKeys must be 1 to 1000000, but is 0",
                "Presence must be Off, Count or Full, but is 7",
                "MaxMembers must be 1 to 1000000, but is 1000001",
                "MaxStateBytes must be 0 to 65536, but is 65537",
                "MaxPayloadBytes must be at least 1, but is 0",
                "IdleTime must be 00:00:00 to 7.00:00:00, but is 8.00:00:00",
            ],
            options.Validate());
        Assert.Empty(new RoomOptions().Validate());
        Assert.Empty(new RoomKinds().Validate());
    }
}
