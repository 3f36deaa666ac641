using Switchboard.ClientContract;
using Switchboard.ClientContract.Harness;
using Switchboard.ClientContract.Transports;

namespace Switchboard.Cluster.Tests.Clients;

/// <summary>
/// The same through a proxy that buffers. Event streams do not get through one that pays no heed to their headers, which
/// a client finds out; all else does. Through one that heeds them, as nginx is configured here, they are in
/// <see cref="ProxiedClientContractTests"/>.
/// </summary>
[Collection(ClientCluster.Name)]
public sealed class BufferedClientContractTests(BufferedHarness harness)
    : ClientContract<BufferedHarness>(harness), IClassFixture<BufferedHarness>
{
    [Fact]
    public async Task EventStream_ThatIsKeptBack_ShowsNothingWhilePollsGetThrough()
    {
        string room = NewRoom();
        ClientRoute route = From(0);
        using HttpClient http = new() { BaseAddress = route.Next(), Timeout = Timeout.InfiniteTimeSpan };
        using CancellationTokenSource over = new();
        Task<int> firstByte = FirstByteAsync(http, over.Token);

        await using ContractClient ann = await ContractClient.ConnectAsync(
            ClientTransports.Get("long-polling"), route, Names.Unused("ann"));
        await ann.JoinAsync(room);
        await ann.PublishAsync(room, "1");
        Assert.Equal(["1"], await ann.MessagesAsync(1));

        Assert.False(firstByte.IsCompleted);
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => firstByte);
    }

    private static async Task<int> FirstByteAsync(HttpClient http, CancellationToken over)
    {
        await using Stream stream = await http.GetStreamAsync(new Uri("/fallback/sse?user=eve", UriKind.Relative), over);
        byte[] buffer = new byte[1];
        return await stream.ReadAsync(buffer, over);
    }
}
