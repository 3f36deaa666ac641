using System.Text;
using Switchboard.Protocol.Framing;

namespace Switchboard.Protocol.Tests.Framing;

public class CloseFrameTests
{
    [Fact]
    public void MayBeSent_EveryCode_FollowsTheRegistry()
    {
        int[] registered = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014];
        HashSet<int> allowed = [.. registered, .. Enumerable.Range(3000, 2000)];
        for (int code = 0; code <= ushort.MaxValue; code++)
        {
            Assert.Equal(allowed.Contains(code), CloseCode.MayBeSent(code));
        }
    }

    [Fact]
    public void ReadCode_EmptyPayload_IsNoStatus()
    {
        Assert.Equal(1005, CloseFrame.ReadCode([]));
        Assert.Equal(1000, CloseFrame.ReadCode([0x03, 0xE8]));
        Assert.Equal(4999, CloseFrame.ReadCode([0x13, 0x87, 0x41]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("bye")]
    [InlineData("à bientôt 😀")]
    public void Write_ShortReason_IsCodeAndReason(string reason)
    {
        var destination = new byte[125];

        int length = CloseFrame.Write(destination, 1001, reason);

        Assert.Equal(Wire.ClosePayload(1001, reason), destination[..length]);
        Assert.Null(CloseFrame.Check(destination.AsSpan(0, length)));
    }

    [Theory]
    [InlineData("a", 1)]
    [InlineData("é", 2)]
    [InlineData("€", 3)]
    [InlineData("😀", 4)]
    public void Write_LongReason_IsCutBetweenCharacters(string character, int width)
    {
        var destination = new byte[125];
        for (int count = 0; count <= 150; count++)
        {
            for (int lead = 0; lead < 4; lead++)
            {
                string reason = new string('x', lead) + string.Concat(Enumerable.Repeat(character, count));
                int fitting = Math.Min(count, (123 - lead) / width);

                int length = CloseFrame.Write(destination, 1000, reason);

                Assert.Equal(2 + lead + (width * fitting), length);
                string written = Encoding.UTF8.GetString(destination.AsSpan(2, length - 2));
                Assert.StartsWith(written, reason, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Write_LoneSurrogateInReason_IsStillValidUtf8()
    {
        var destination = new byte[125];

        int length = CloseFrame.Write(destination, 1000, "a\uD800b");

        Assert.Equal("a\uFFFDb", Encoding.UTF8.GetString(destination.AsSpan(2, length - 2)));
    }

    [Fact]
    public void Reason_OfEveryViolation_FitsACloseFrame()
    {
        var destination = new byte[125];
        foreach (ProtocolViolation violation in Violations.All)
        {
            Assert.True(Ascii.IsValid(violation.Reason), violation.Reason);
            Assert.True(CloseCode.MayBeSent(violation.Code));
            Assert.Equal(2 + violation.Reason.Length, CloseFrame.Write(destination, violation.Code, violation.Reason));
        }
    }
}
