using System.Globalization;
using Switchboard.ClientContract;
using Switchboard.ClientContract.Transports;

namespace Switchboard.Cluster.Tests.Clients;

/// <summary>A busy room, received by polls that come in on one edge after the other.</summary>
[Collection(ClientCluster.Name)]
public sealed class PollingRoomTests(ClusterClientHarness harness)
{
    private const int PerSecond = 500;
    private const int Seconds = 10;

    [Fact]
    public async Task LongPolling_FiveHundredMessagesASecond_GetsAllInOrderThroughBothEdges()
    {
        const string Room = "busy";
        await using ContractClient publisher = await ContractClient.ConnectAsync(
            ClientTransports.WebSocket, harness.From(0), "publisher");
        await using ContractClient poller = await ContractClient.ConnectAsync(
            ClientTransports.Get("long-polling"), harness.From(1), "poller");
        await publisher.JoinAsync(Room);
        await poller.JoinAsync(Room);

        Task<string[]> receiving = poller.MessagesAsync(PerSecond * Seconds);
        await PublishAsync(publisher, Room);

        string[] received = await receiving;
        Assert.Equal(Numbers(), received);
    }

    private static IEnumerable<string> Numbers() =>
        Enumerable.Range(0, PerSecond * Seconds).Select(i => i.ToString(CultureInfo.InvariantCulture));

    // At the rate, or as fast as it goes where that is less; the own copies are not waited for.
    private static async Task PublishAsync(ContractClient publisher, string room)
    {
        using PeriodicTimer pace = new(TimeSpan.FromMilliseconds(20));
        Queue<int> unanswered = [];
        int sent = 0;
        foreach (string number in Numbers())
        {
            unanswered.Enqueue(await publisher.SendAsync(
                $$"""{"type":"publish","room":"{{room}}","data":{{number}},"echo":false}"""));
            if (++sent % (PerSecond / 50) == 0)
            {
                while (unanswered.TryDequeue(out int id))
                {
                    Assert.Equal("published", (await publisher.AnswerAsync(id)).GetProperty("type").GetString());
                }

                await pace.WaitForNextTickAsync();
            }
        }
    }
}
