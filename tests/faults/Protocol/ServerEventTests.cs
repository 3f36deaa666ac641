using System.Text;
using System.Text.Json;
using Switchboard.Faults.Protocol;
using Switchboard.Faults.Verifying;

namespace Switchboard.Faults.Tests.Protocol;

public sealed class ServerEventTests
{
    private static readonly RoomNames _rooms = new("durable:", "run");

    [Fact]
    public void Read_Message_GivesPlaceAndPayload()
    {
        var read = Read(
            """
            {"type":"message","room":"durable:faults-run-12","offset":4714,"from":{"user":"ann","connection":"c"},
             "time":1767225600123,"data":{"room":12,"number":7,"at":99}}
            """);
        Assert.Equal(EventType.Message, read.Type);
        Assert.Equal((12, 4714L), (read.Room, read.Offset));
        Assert.True(read.HasData);
        Assert.Equal((12, 7L, 99L), (read.DataRoom, read.Number, read.DueAt));
    }

    [Fact]
    public void Read_Published_GivesThePosition()
    {
        var read = Read(
            """{"type":"published","id":4,"room":"r-1","epoch":"8a1c5be07d3f2946","offset":9,"duplicate":true}""");
        Assert.Equal((EventType.Published, 4L), (read.Type, read.Id));
        Assert.Equal(new Position(0x8a1c5be07d3f2946, 9), read.Position);
        Assert.True(read.Duplicate);
    }

    [Fact]
    public void Read_Welcome_PassesOverWhatIsNested()
    {
        var read = Read(
            """
            {"type":"welcome","id":1,"resumed":true,"positions":{"user":{"epoch":"00","offset":3}},
             "rooms":{"r-1":{"epoch":"01","offset":5}},"heartbeat":{"interval":15,"timeout":40}}
            """);
        Assert.Equal((EventType.Welcome, 1L, 0L), (read.Type, read.Id, read.Offset));
    }

    [Fact]
    public void Read_MessageWithAnotherPayload_HasNoData() =>
        Assert.False(Read("""{"type":"message","room":"r-1","offset":1,"data":[{"number":1}]}""").HasData);

    [Fact]
    public void Publish_GoesThroughAServer_IsReadAsItWas()
    {
        using var command = JsonDocument.Parse(Commands.Publish(3, _rooms, 12, 7, 99));
        var root = command.RootElement;
        Assert.Equal("durable:faults-run-12", root.GetProperty("room").GetString());
        Assert.Equal("run-7", root.GetProperty("key").GetString());
        var data = root.GetProperty("data").GetRawText();
        var read = Read($$"""{"type":"message","room":"x-12","offset":1,"data":{{data}} }""");
        Assert.Equal((12, 7L, 99L), (read.DataRoom, read.Number, read.DueAt));
    }

    [Fact]
    public void Resume_WithAPosition_NamesTokenAndRoom()
    {
        using var command = JsonDocument.Parse(Commands.Resume(1, "t\"1", "room\"x", new Position(0xC0FFEE, 5)));
        Assert.Equal("t\"1", command.RootElement.GetProperty("resume").GetString());
        var position = command.RootElement.GetProperty("positions").GetProperty("rooms").GetProperty("room\"x");
        Assert.Equal("0000000000c0ffee", position.GetProperty("epoch").GetString());
        Assert.Equal(5, position.GetProperty("offset").GetInt64());
    }

    private static ServerEvent Read(string message) => ServerEvent.Read(Encoding.UTF8.GetBytes(message));
}
