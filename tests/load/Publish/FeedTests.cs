using System.Text;
using Switchboard.Load.Publish;

namespace Switchboard.Load.Tests.Publish;

public sealed class FeedTests
{
    [Fact]
    public void TryReadAcknowledgement_Position_GivesIdAndOffset()
    {
        var record = """{"type":"published","id":1000000007,"room":"r","epoch":"e","offset":4714}"""u8;

        Assert.True(Feed.TryReadAcknowledgement(record, out var id, out var offset));
        Assert.Equal((1_000_000_007, 4714), (id, offset));
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"type":"published","id":7}""")]
    [InlineData("""{"type":"published","id":7,"room":"r"}""")]
    [InlineData("""{"type":"published","id":7,"room":"r","epoch":"e","offset":1,"duplicate":true}""")]
    [InlineData("""{"type":"error","id":7,"code":"too_fast","message":"","retry":true}""")]
    public void TryReadAcknowledgement_AnythingElse_IsNone(string record) =>
        Assert.False(Feed.TryReadAcknowledgement(Encoding.UTF8.GetBytes(record), out _, out _));

    [Theory]
    [InlineData("""{"type":"message","room":"r","offset":12,"data":"x"}""", true)]
    [InlineData("""{"type":"message","room":"r2","offset":12,"data":"x"}""", false)]
    [InlineData("""{"type":"message","room":"r","time":12,"data":"x"}""", false)]
    [InlineData("""{"type":"lost","room":"r","epoch":"e","offset":12}""", false)]
    public void TryReadMessage_OfItsRoomWithOffset_GivesIt(string record, bool read)
    {
        Assert.Equal(read, new Feed("r").TryReadMessage(Encoding.UTF8.GetBytes(record), out var offset));
        Assert.Equal(read ? 12 : 0, offset);
    }
}
