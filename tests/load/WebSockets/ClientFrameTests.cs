using System.Net.WebSockets;
using Switchboard.Load.WebSockets;

namespace Switchboard.Load.Tests.WebSockets;

public sealed class ClientFrameTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public async Task Create_AnySize_IsReadByTheBaseLibrary(int size)
    {
        var payload = new byte[size];
        new Random(size).NextBytes(payload);
        using var wire = new MemoryStream(ClientFrame.Create(Opcode.Binary, payload, 0x12345678));
        using var server = WebSocket.CreateFromStream(wire, true, null, Timeout.InfiniteTimeSpan);

        Assert.Equal(payload, await LoopbackServer.ReadAsync(server, CancellationToken.None));
        Assert.Equal(wire.Length, wire.Position);
    }
}
