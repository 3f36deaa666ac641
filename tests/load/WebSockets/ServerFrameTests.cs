using System.Net.WebSockets;
using Switchboard.Load.WebSockets;

namespace Switchboard.Load.Tests.WebSockets;

public sealed class ServerFrameTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public async Task TryRead_EveryPrefixOfAFrame_WaitsForItsLastByte(int size)
    {
        var payload = new byte[size];
        new Random(size).NextBytes(payload);
        using var wire = new MemoryStream();
        using var server = WebSocket.CreateFromStream(wire, true, null, Timeout.InfiniteTimeSpan);
        await server.SendAsync(payload, WebSocketMessageType.Binary, true, CancellationToken.None);
        byte[] bytes = [.. wire.ToArray(), 0x81];

        for (var length = 0; length < bytes.Length - 1; length++)
        {
            Assert.False(ServerFrame.TryRead(bytes.AsSpan(0, length), out _));
        }

        Assert.True(ServerFrame.TryRead(bytes, out var frame));
        Assert.Equal(bytes.Length - 1, frame.Length);
        Assert.Equal(Opcode.Binary, frame.Opcode);
        Assert.True(frame.Final);
        Assert.True(frame.Payload.SequenceEqual(payload));
    }

    [Theory]
    [InlineData(0x82, 0x80)]
    [InlineData(0xC2, 0x00)]
    public void TryRead_MaskedOrReservedBits_Throws(byte first, byte second) =>
        Assert.Throws<LoadException>(() => ServerFrame.TryRead([first, second], out _));
}
