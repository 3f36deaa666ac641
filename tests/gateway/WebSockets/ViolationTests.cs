using System.Net.Sockets;
using System.Text;
using Switchboard.Gateway.Tests.Testing;
using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.Tests.WebSockets;

public sealed class ViolationTests
{
    private const string Head =
        "GET /echo HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    public static TheoryData<string, byte[], int> Violations() => new()
    {
        { "unmasked", [0x81, 0x01, (byte)'x'], 1002 },
        { "reserved opcode", [0x83, 0x80, 0, 0, 0, 0], 1002 },
        { "reserved bit", [0xC1, 0x80, 0, 0, 0, 0], 1002 },
        { "not UTF-8", [0x81, 0x81, 0, 0, 0, 0, 0xFF], 1007 },
        { "close code", [0x88, 0x82, 0, 0, 0, 0, 0x03, 0xEC], 1002 },
        { "too big", [0x82, 0xFF, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0], 1009 },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public async Task Violation_AfterMessages_EndsWithTheirEchoesACloseFrameAndNoReset(string what, byte[] frame, int code)
    {
        _ = what;
        await using GatewayHost host = await GatewayHost.StartAsync();
        using RawSocket socket = await RawSocket.ConnectAsync(host.EndPoint);
        byte[] message = RawClient.Frame(Opcode.Binary, new byte[1000]);
        byte[] afterwards = new byte[200_000];

        // Everything in one go: what was accepted, what is wrong, and a lot that nobody will read.
        await socket.SendAsync([.. Encoding.ASCII.GetBytes(Head), .. Enumerable.Repeat(message, 50).SelectMany(m => m), .. frame]);
        await socket.ReadHeadAsync();
        await socket.SendAsync(afterwards);
        byte[] answer = await socket.ReadToEndAsync();

        const int EchoLength = 1004;
        Assert.Equal(50 * EchoLength, FindClose(answer, EchoLength));
        Assert.Equal(code, (answer[(50 * EchoLength) + 2] << 8) | answer[(50 * EchoLength) + 3]);
        Assert.Equal(answer.Length, (50 * EchoLength) + 2 + answer[(50 * EchoLength) + 1]);
    }

    [Fact]
    public async Task Close_IsEchoedWithItsCode()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using RawSocket socket = await RawSocket.ConnectAsync(host.EndPoint);
        await socket.SendAsync([.. Encoding.ASCII.GetBytes(Head), 0x88, 0x82, 0, 0, 0, 0, 0x0F, 0xA1]);
        await socket.ReadHeadAsync();

        Assert.Equal([0x88, 0x02, 0x0F, 0xA1], await socket.ReadToEndAsync());
    }

    [Fact]
    public async Task Peer_ThatNeverClosesItsSide_IsCutAfterTheCloseTimeout()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using RawSocket socket = await RawSocket.ConnectAsync(host.EndPoint);
        await socket.SendAsync([.. Encoding.ASCII.GetBytes(Head), 0x88, 0x80, 0, 0, 0, 0]);
        await socket.ReadHeadAsync();
        Assert.Equal([0x88, 0x00], await socket.ReadToEndAsync());

        // The server has shut down its sending side and waits; after the time-out the socket is gone altogether.
        Task cut = WriteUntilItFailsAsync(socket);
        await host.AdvanceUntilAsync(cut, TimeSpan.FromSeconds(6));
        await cut;
    }

    private static async Task WriteUntilItFailsAsync(RawSocket socket)
    {
        await Assert.ThrowsAnyAsync<SocketException>(async () =>
        {
            while (true)
            {
                await socket.SendAsync(new byte[1]);
                await Task.Yield();
            }
        });
    }

    private static int FindClose(byte[] answer, int echoLength)
    {
        int position = 0;
        while (position < answer.Length && answer[position] == 0x82)
        {
            position += echoLength;
        }

        return position < answer.Length && answer[position] == 0x88 ? position : -1;
    }
}
