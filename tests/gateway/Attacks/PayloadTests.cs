using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Switchboard.Gateway.Tests.Testing;
using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.Tests.Attacks;

/// <summary>Messages that are worse than they look.</summary>
public sealed class PayloadTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(1024)]
    public async Task Bomb_WithinTheSizeOfAMessageOrNot_IsClosedWith1009AndNeverUnpacked(int megabytes)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        byte[] bomb = Deflate(megabytes);
        Assert.Equal(megabytes == 100, bomb.Length < new LimitOptions().MaxMessageBytes);
        using RawClient client = await RawClient.OpenAsync(host, "/ws?user=ann", "permessage-deflate");
        byte[] frame = RawClient.Frame(Opcode.Text, bomb);
        frame[0] |= 0x40;
        long before = GC.GetTotalAllocatedBytes();

        await client.Socket.SendAsync(frame);
        ServerFrame close = await client.FrameAsync();

        Assert.Equal(1009, close.CloseCode);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 64L * 1024 * 1024);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public async Task Json_ThatNestsWithoutEnd_IsRefusedAndTheConnectionLives(string open, string close)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient client = await host.ConnectAsync("ann");
        await client.JoinAsync("r");
        int depth = 120_000 / (open.Length + close.Length);
        string nested = string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));

        await client.SendAsync($$"""{"type":"publish","room":"r","data":{{nested}}}""");
        JsonElement error = await client.NextAsync("error");

        Assert.Contains(error.Text("code"), new[] { "bad_json", "bad_field" });
        Assert.Equal("published", (await client.PublishAsync("r", "1")).Type());

        // And with nothing closed.
        await client.SendAsync(string.Concat(Enumerable.Repeat(open, 120_000 / open.Length)));
        (await client.NextAsync("error")).ShouldBeError("bad_json");
    }

    [Fact]
    public async Task Length_OfExabytes_IsClosedBeforeAnythingIsKeptForIt()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using RawClient client = await RawClient.OpenAsync(host, "/ws?user=ann");
        long before = GC.GetTotalAllocatedBytes();

        await client.Socket.SendAsync(new byte[] { 0x82, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3, 4 });

        Assert.Equal(1009, (await client.FrameAsync()).CloseCode);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 16L * 1024 * 1024);
    }

    private static byte[] Deflate(int megabytes)
    {
        using MemoryStream packed = new();
        using (DeflateStream deflate = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] spaces = Encoding.ASCII.GetBytes(new string(' ', 1024 * 1024));
            for (int i = 0; i < megabytes; i++)
            {
                deflate.Write(spaces);
            }
        }

        return packed.ToArray();
    }
}
