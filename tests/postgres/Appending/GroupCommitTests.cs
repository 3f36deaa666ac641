using Switchboard.Core.Feeds;
using Switchboard.Core.Storage;
using Switchboard.Storage.Postgres.Tests.Testing;
using Xunit.Abstractions;

namespace Switchboard.Storage.Postgres.Tests.Appending;

[Collection(ServerCollection.Name)]
public sealed class GroupCommitTests(ServerFixture fixture, ITestOutputHelper output)
{
    [Fact]
    public async Task Appends_ThatWait_AreCommittedTogether()
    {
        const int Feeds = 200;
        const int Rounds = 10;
        await using StoreRig rig = await StoreRig.CreateAsync(fixture.Server);
        FeedId[] feeds = [.. Enumerable.Range(0, Feeds).Select(i => Some.Feed($"room-{i}"))];
        await Task.WhenAll(feeds.Select(feed => rig.LoadAsync(feed)));

        await Task.WhenAll(feeds.Select(async feed =>
        {
            for (long offset = 1; offset <= Rounds; offset++)
            {
                await rig.AppendOkAsync(Some.Append(feed, offset));
            }
        }));

        long batches = rig.Count("batches");
        output.WriteLine($"{Feeds * Rounds} appends over {Feeds} feeds in {batches} batches");
        Assert.Equal(Feeds * Rounds, rig.Count("appends"));
        Assert.Equal(Feeds * Rounds, rig.Count("entries"));
        Assert.InRange(batches, Rounds, Feeds * Rounds / 10);
    }

    [Fact]
    public async Task Appends_OfOneFeedThatAreSentAhead_AreCommittedInOrder()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(fixture.Server);
        await rig.LoadAsync(Some.Room);

        StoreStatus[] outcomes = await Task.WhenAll(
            Enumerable.Range(1, 100).Select(offset => rig.AppendAsync(Some.Append(Some.Room, offset))));

        Assert.All(outcomes, status => Assert.Equal(StoreStatus.Ok, status));
        Assert.Equal(Enumerable.Range(1, 100).Select(i => (long)i), (await rig.LoadAsync(Some.Room)).Offsets());
    }

    [Fact]
    public async Task Appends_BeyondWhatMayWait_AreRefused()
    {
        var options = new PostgresFeedStoreOptions { MaxWaitingBytes = 10_000 };
        await using StoreRig rig = await StoreRig.CreateAsync(fixture.Server, options);
        await rig.LoadAsync(Some.Room);

        StoreStatus[] outcomes = await Task.WhenAll(
            Enumerable.Range(1, 100).Select(offset => rig.AppendAsync(Some.Append(Some.Room, offset))));

        int taken = outcomes.Count(status => status == StoreStatus.Ok);
        Assert.InRange(taken, 1, 99);
        Assert.Equal(100 - taken, rig.Count("refusals"));
        Assert.Equal(taken, (await rig.LoadAsync(Some.Room)).Entries.Count);
    }

    [Fact]
    public async Task Appends_WithinABoundOfBytes_TakeSeveralBatches()
    {
        var options = new PostgresFeedStoreOptions { MaxBatchBytes = 1 };
        await using StoreRig rig = await StoreRig.CreateAsync(fixture.Server, options);
        FeedId[] feeds = [.. Enumerable.Range(0, 20).Select(i => Some.Feed($"room-{i}"))];
        await Task.WhenAll(feeds.Select(feed => rig.LoadAsync(feed)));

        await Task.WhenAll(feeds.Select(feed => rig.AppendOkAsync(Some.Append(feed, 1))));

        Assert.Equal(20, rig.Count("batches"));
    }
}
