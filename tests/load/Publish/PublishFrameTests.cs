using System.Net.WebSockets;
using System.Text.Json;
using Switchboard.Load.Publish;
using Switchboard.Load.Rooms;

namespace Switchboard.Load.Tests.Publish;

public sealed class PublishFrameTests
{
    [Theory]
    [InlineData("r", 34)]
    [InlineData("r-1", 64)]
    [InlineData("räume", 125)]
    [InlineData("room", 16_384)]
    public async Task Set_Twice_TheBaseLibraryReadsBoth(string room, int size)
    {
        var frame = new PublishFrame(room, size);
        using var wire = new MemoryStream();
        wire.Write(frame.Set(0, 17, 18));
        wire.Write(frame.Set(1_234_567, long.MaxValue, 1L << 41));
        wire.Position = 0;
        using var server = WebSocket.CreateFromStream(wire, true, null, Timeout.InfiniteTimeSpan);

        Assert.Equal((PublishFrame.FirstId, 17, 18), await ReadAsync(server, room, size));
        Assert.Equal(
            (PublishFrame.FirstId + 1_234_567, long.MaxValue, 1L << 41), await ReadAsync(server, room, size));
    }

    private static async Task<(long Id, long SentAt, long Number)> ReadAsync(WebSocket server, string room, int size)
    {
        var message = await LoopbackServer.ReadAsync(server, CancellationToken.None);
        var command = JsonDocument.Parse(message!).RootElement;
        Assert.Equal("publish", command.GetProperty("type").GetString());
        Assert.Equal(room, command.GetProperty("room").GetString());
        Assert.Equal(size, command.GetProperty("data").GetString()!.Length);
        Assert.False(command.GetProperty("echo").GetBoolean());
        Assert.True(Stamp.TryRead(message, out var sentAt, out var number));
        return (command.GetProperty("id").GetInt64(), sentAt, number);
    }
}
