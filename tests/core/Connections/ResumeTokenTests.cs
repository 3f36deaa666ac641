using System.Text.RegularExpressions;
using Switchboard.Core.Connections;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Connections;

public class ResumeTokenTests
{
    [Fact]
    public void Create_Token_IsTheIdAndASecretOf128Bits()
    {
        var random = new SeededRandom(1);
        ConnectionId id = ConnectionId.Create(random);
        string token = ResumeToken.Create(id, random);

        Assert.Matches(new Regex("^[A-Za-z0-9_-]{22}$"), id.Value);
        Assert.Matches(new Regex("^[A-Za-z0-9_-]{22}$"), token[23..]);
        Assert.StartsWith(id.Value + ".", token, StringComparison.Ordinal);
        Assert.NotEqual(token, ResumeToken.Create(id, random));
        Assert.True(ResumeToken.TryGetConnection(token, out ConnectionId parsed));
        Assert.Equal(id, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("0123456789012345678901")]
    [InlineData("0123456789012345678901.")]
    [InlineData("0123456789012345678901.012345678901234567890")]
    [InlineData("0123456789012345678901.01234567890123456789012")]
    [InlineData("012345678901234567890.01234567890123456789012")]
    [InlineData("012345678901234567890.1.1234567890123456789012")]
    public void TryGetConnection_Malformed_IsFalse(string token)
    {
        Assert.False(ResumeToken.TryGetConnection(token, out ConnectionId id));
        Assert.Equal(default, id);
    }

    [Fact]
    public void TokenHash_OneCharacterChanged_IsAnother()
    {
        const string Token = "0123456789012345678901.0123456789012345678901";
        TokenHash hash = TokenHash.Of(Token);

        Assert.True(hash == TokenHash.Of(new string(Token)));
        for (int i = 0; i < Token.Length; i++)
        {
            char[] changed = Token.ToCharArray();
            changed[i] = 'x';
            Assert.True(hash != TokenHash.Of(new string(changed)));
        }
    }

    [Fact]
    public void Options_OutOfBounds_AreNamed()
    {
        Assert.Empty(new ConnectionOptions().Validate());
        Assert.Empty(new ConnectionOptions { Grace = TimeSpan.Zero, MaxRooms = 1 }.Validate());
        Assert.Equal(
            [
                "Grace must be 00:00:00 to 01:00:00, but is 01:00:01",
                "MaxRooms must be 1 to 10000, but is 0",
                "Feed.MaxSlots must be 1 to 1000000, but is 0",
            ],
            new ConnectionOptions
            {
                Grace = TimeSpan.FromSeconds(3601),
                MaxRooms = 0,
                Feed = new() { MaxSlots = 0 },
            }.Validate());
    }
}
