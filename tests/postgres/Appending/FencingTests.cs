using Switchboard.Core.Feeds;
using Switchboard.Core.Storage;
using Switchboard.Storage.Postgres.Tests.Testing;

namespace Switchboard.Storage.Postgres.Tests.Appending;

[Collection(ServerCollection.Name)]
public sealed class FencingTests(ServerFixture fixture)
{
    [Fact]
    public async Task Append_ToAHeadThatAnotherStoreMovedOn_Conflicts()
    {
        await using StoreRig one = await StoreRig.CreateAsync(fixture.Server);
        await using StoreRig other = one.Another();
        await one.LoadAsync(Some.Room);
        await other.LoadAsync(Some.Room);

        await one.AppendOkAsync(Some.Append(Some.Room, 1));

        Assert.Equal(StoreStatus.Conflict, await other.AppendAsync(Some.Append(Some.Room, 1).WithKey("late")));
        Assert.Equal(1, other.Count("conflicts"));
        StoredFeed loaded = await other.LoadAsync(Some.Room);
        Assert.Equal([1], loaded.Offsets());
        Assert.Empty(loaded.Keys);
        await other.AppendOkAsync(Some.Append(Some.Room, 2));
        Assert.Equal(StoreStatus.Conflict, await one.AppendAsync(Some.Append(Some.Room, 2)));
    }

    [Fact]
    public async Task Append_WithAnotherEpochOrToNoFeed_Conflicts()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(fixture.Server);
        await rig.LoadAsync(Some.Room);

        Assert.Equal(StoreStatus.Conflict, await rig.AppendAsync(Some.Append(Some.Room, 1) with { Epoch = new Epoch(1) }));
        Assert.Equal(StoreStatus.Conflict, await rig.AppendAsync(Some.Append(Some.Feed("never-loaded"), 1)));
    }

    [Fact]
    public async Task Append_OfTwoStoresAtOnceOverManyFeeds_LetsOneOfThemWinEach()
    {
        const int Feeds = 50;
        await using StoreRig one = await StoreRig.CreateAsync(fixture.Server);
        await using StoreRig other = one.Another();
        FeedId[] feeds = [.. Enumerable.Range(0, Feeds).Select(i => Some.Feed($"room-{i}"))];
        await Task.WhenAll(feeds.Select(feed => one.LoadAsync(feed)));

        for (long offset = 1; offset <= 10; offset++)
        {
            Task<StoreStatus>[] firsts = [.. feeds.Select(feed => one.AppendAsync(Some.Append(feed, offset)))];
            Task<StoreStatus>[] seconds =
                [.. feeds.Reverse().Select(feed => other.AppendAsync(Some.Append(feed, offset)))];
            StoreStatus[] outcomes = await Task.WhenAll(firsts.Concat(seconds));

            Assert.Equal(Feeds, outcomes.Count(status => status == StoreStatus.Ok));
            Assert.Equal(Feeds, outcomes.Count(status => status == StoreStatus.Conflict));
        }

        StoredFeed[] loaded = await Task.WhenAll(feeds.Select(feed => one.LoadAsync(feed)));
        Assert.All(loaded, feed => Assert.Equal(Enumerable.Range(1, 10).Select(i => (long)i), feed.Offsets()));
    }

    [Fact]
    public async Task Append_ThatTheServerWontTake_TakesNoOthersWithIt()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(fixture.Server);
        FeedId[] feeds = [.. Enumerable.Range(0, 10).Select(i => Some.Feed($"room-{i}"))];
        await Task.WhenAll(feeds.Select(feed => rig.LoadAsync(feed)));

        // Two entries of one slot break the port's contract, and no statement can write both.
        FeedAppend poison = Some.Append(feeds[0], Some.Entry(1, "slot"), Some.Entry(2, "slot"));
        Task<StoreStatus>[] appends =
        [
            rig.AppendAsync(Some.Append(feeds[9], 1)),
            rig.AppendAsync(poison),
            .. feeds[1..9].Select(feed => rig.AppendAsync(Some.Append(feed, 1))),
        ];
        StoreStatus[] outcomes = await Task.WhenAll(appends);

        Assert.Equal(StoreStatus.Unavailable, outcomes[1]);
        Assert.Equal(9, outcomes.Count(status => status == StoreStatus.Ok));
        Assert.Equal(0, (await rig.LoadAsync(feeds[0])).Head);
        await rig.AppendOkAsync(Some.Append(feeds[0], 1));
    }
}
