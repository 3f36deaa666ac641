using Switchboard.Client.Tests.Testing;

namespace Switchboard.Client.Tests.Session;

/// <summary>What a publish allocates in the client, over a link that costs nothing. Runs alone, as it counts for the process.</summary>
[Collection(nameof(AllocationTests))]
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTests
{
    private const int Messages = 20_000;

    [Fact]
    public async Task Publish_Awaited_AllocatesAtMost200Bytes()
    {
        await using CountingServer server = new();
        await using SwitchboardClient client = server.CreateClient();
        await client.ConnectAsync().WithinAsync("the welcome");
        Room room = client.Room("r");
        await PublishAsync(room);

        long before = GC.GetTotalAllocatedBytes(precise: true);
        await PublishAsync(room);
        double each = (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / Messages;

        Assert.True(each <= 200, $"{each} bytes for each publish");
    }

    private static async Task PublishAsync(Room room)
    {
        Task[] publishers = [.. Enumerable.Range(0, 16).Select(_ => PublishSomeAsync(room))];
        await Task.WhenAll(publishers).WithinAsync("the answers");
    }

    private static async Task PublishSomeAsync(Room room)
    {
        for (int i = 0; i < Messages / 16; i++)
        {
            await room.PublishAsync(new Point(i, 1), TestJson.Default.Point);
        }
    }
}
