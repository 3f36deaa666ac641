using System.Text;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Identifiers;

public class NameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("game:1/2 three")]
    [InlineData("ünïcödé 😀")]
    public void Validate_Name_IsFine(string name)
    {
        Assert.Null(Name.Validate(name));
        Assert.Equal(name, new RoomName(name).Value);
        Assert.Equal(name, new UserName(name).ToString());
    }

    [Theory]
    [InlineData(null, "a name must not be empty")]
    [InlineData("", "a name must not be empty")]
    [InlineData("a\nb", "a name must not hold control characters")]
    [InlineData("a\u007f", "a name must not hold control characters")]
    [InlineData("a\u0085", "a name must not hold control characters")]
    public void Validate_NoName_SaysWhy(string? name, string problem)
    {
        Assert.Equal(problem, Name.Validate(name));
        Assert.Throws<ArgumentException>(() => new RoomName(name!));
        Assert.Throws<ArgumentException>(() => new UserName(name!));
    }

    // Not inline data: the runner would write a lone surrogate as something else.
    [Fact]
    public void Validate_LoneSurrogate_IsNoUnicode()
    {
        Assert.Equal("a name must be valid Unicode", Name.Validate("a" + (char)0xD83D));
        Assert.Equal("a name must be valid Unicode", Name.Validate("" + (char)0xDE00 + (char)0xD83D));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("é")]
    [InlineData("€")]
    [InlineData("😀")]
    public void Validate_Length_CountsBytesOfUtf8(string letter)
    {
        int most = 128 / Encoding.UTF8.GetByteCount(letter);
        string longest = string.Concat(Enumerable.Repeat(letter, most));

        Assert.Null(Name.Validate(longest));
        Assert.Equal("a name must not be longer than 128 bytes of UTF-8", Name.Validate(longest + letter));
    }

    [Fact]
    public void Epoch_Text_ReadsBack()
    {
        Epoch epoch = Epoch.Create(new SeededRandom(3));

        Assert.Matches("^[0-9a-f]{16}$", epoch.ToString());
        Assert.True(Epoch.TryParse(epoch.ToString(), out Epoch parsed));
        Assert.Equal(epoch, parsed);
        Assert.Equal("00000000000000ff", new Epoch(255).ToString());
        Assert.NotEqual(epoch, Epoch.Create(new SeededRandom(4)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ff")]
    [InlineData("000000000000000g")]
    [InlineData("00000000000000000")]
    [InlineData(" 00000000000000f")]
    [InlineData("00000000000000f\0")]
    [InlineData("00000000000000FF")]
    public void Epoch_OtherText_IsNotRead(string text)
    {
        Assert.False(Epoch.TryParse(text, out Epoch epoch));
        Assert.Equal(default, epoch);
    }
}
