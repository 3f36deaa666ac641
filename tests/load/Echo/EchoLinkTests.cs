using System.Net.WebSockets;
using Switchboard.Load.Crowds;
using Switchboard.Load.Echo;
using Switchboard.Load.Sockets;

namespace Switchboard.Load.Tests.Echo;

public sealed class EchoLinkTests
{
    private const int Messages = 300;
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(64, false)]
    [InlineData(20_000, true)]
    public async Task Verify_FaithfulServerThatFragments_Counts(int size, bool text)
    {
        var type = text ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
        await using var server = new LoopbackServer(async (socket, stop) =>
        {
            while (await LoopbackServer.ReadAsync(socket, stop) is { } message)
            {
                var half = message.Length / 2;
                await socket.SendAsync(message.AsMemory(0, half), type, false, stop);
                await socket.SendAsync(message.AsMemory(half), type, true, stop);
            }
        });

        var tally = await RunAsync(server, size, text);

        Assert.True(tally.Messages >= Messages, "the echoes never came");
        Assert.Equal(tally.Messages, tally.Latency.Count);
    }

    [Fact]
    public async Task Verify_ServerThatChangesOneBit_Throws()
    {
        await using var server = new LoopbackServer(async (socket, stop) =>
        {
            for (var count = 0; await LoopbackServer.ReadAsync(socket, stop) is { } message; count++)
            {
                message[^1] ^= count == 50 ? (byte)1 : (byte)0;
                await socket.SendAsync(message, WebSocketMessageType.Binary, true, stop);
            }
        });

        await Assert.ThrowsAsync<LoadException>(() => RunAsync(server, 64, text: false));
    }

    [Fact]
    public async Task Verify_ServerThatSwapsTwoMessages_Throws()
    {
        await using var server = new LoopbackServer(async (socket, stop) =>
        {
            while (await LoopbackServer.ReadAsync(socket, stop) is { } first
                && await LoopbackServer.ReadAsync(socket, stop) is { } second)
            {
                await socket.SendAsync(second, WebSocketMessageType.Binary, true, stop);
                await socket.SendAsync(first, WebSocketMessageType.Binary, true, stop);
            }
        });

        await Assert.ThrowsAsync<LoadException>(() => RunAsync(server, 64, text: false));
    }

    private static Task<EchoTally> RunAsync(LoopbackServer server, int size, bool text) => Task.Run(() =>
    {
        var options = new EchoOptions(
            server.Url, Environment.ProcessId, Inflight: 4, Size: size, Text: text, Verify: true);
        var tally = new EchoTally();
        using var loop = new Loop();
        using var crowd = Crowd<EchoLink>.Open(
            loop, 3, _bound, (number, ready) => new EchoLink(loop, options, tally, number, ready));
        loop.RunUntil(() => tally.Messages >= Messages, _bound);
        return tally;
    });
}
