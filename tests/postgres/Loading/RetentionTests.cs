using Switchboard.Core.Feeds;
using Switchboard.Core.Storage;
using Switchboard.Storage.Postgres.Tests.Testing;

namespace Switchboard.Storage.Postgres.Tests.Loading;

/// <summary>What is loaded is what a feed in memory would hold, though the store still has more.</summary>
[Collection(ServerCollection.Name)]
public sealed class RetentionTests(ServerFixture fixture)
{
    [Theory]
    [InlineData(5, 0, new long[] { 1, 2, 3, 4, 5 })]
    [InlineData(3, 2, new long[] { 3, 4, 5 })]
    [InlineData(0, 5, new long[] { })]
    public async Task Load_OfMoreThanIsKept_HasTheNewest(int maxCount, long floor, long[] offsets)
    {
        await using StoreRig rig = await StoreRig.CreateAsync(fixture.Server);
        await FillAsync(rig, 5, _ => Some.Now);

        StoredFeed loaded = await rig.LoadAsync(Some.Room, new FeedOptions { MaxCount = maxCount });

        Assert.Equal(offsets, loaded.Offsets());
        Assert.Equal((5, floor), (loaded.Head, loaded.Floor));
    }

    [Theory]
    [InlineData(50, 0, new long[] { 1, 2, 3, 4, 5 })]
    [InlineData(49, 1, new long[] { 2, 3, 4, 5 })]
    [InlineData(9, 5, new long[] { })]
    public async Task Load_OfMoreBytesThanAreKept_HasTheNewest(int maxBytes, long floor, long[] offsets)
    {
        await using StoreRig rig = await StoreRig.CreateAsync(fixture.Server);
        await FillAsync(rig, 5, _ => Some.Now);

        StoredFeed loaded = await rig.LoadAsync(Some.Room, new FeedOptions { MaxBytes = maxBytes });

        Assert.Equal(offsets, loaded.Offsets());
        Assert.Equal(floor, loaded.Floor);
    }

    [Fact]
    public async Task Load_OfExpiredEntriesAndKeys_LeavesThemOut()
    {
        var time = new MovableTime();
        long now = time.Milliseconds;
        await using StoreRig rig = await StoreRig.CreateAsync(fixture.Server, time: time);
        await FillAsync(rig, 5, offset => now + offset);
        time.Move(TimeSpan.FromMinutes(5) + TimeSpan.FromMilliseconds(2));

        StoredFeed loaded = await rig.LoadAsync(Some.Room);

        Assert.Equal([3, 4, 5], loaded.Offsets());
        Assert.Equal(2, loaded.Floor);
        Assert.Equal(["k3", "k4", "k5"], loaded.Keys());
    }

    [Fact]
    public async Task Load_OfMoreKeysThanAreRemembered_HasTheNewest()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(fixture.Server);
        await FillAsync(rig, 5, _ => Some.Now);

        Assert.Equal(["k4", "k5"], (await rig.LoadAsync(Some.Room, new FeedOptions { MaxKeys = 2 })).Keys());
    }

    [Fact]
    public async Task Load_OfAKeyThatCameAgain_HasItsNewestOnly()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(fixture.Server);
        await rig.LoadAsync(Some.Room);
        await rig.AppendOkAsync(Some.Append(Some.Room, 1).WithKey("k", "ann"));
        await rig.AppendOkAsync(Some.Append(Some.Room, 2).WithKey("k", "bob"));
        await rig.AppendOkAsync(Some.Append(Some.Room, 3).WithKey("k", "ann"));

        StoredFeed loaded = await rig.LoadAsync(Some.Room);

        Assert.Equal([("bob", 2), ("ann", 3)], loaded.Keys.Select(key => (key.User!, key.Offset)));
    }

    [Fact]
    public async Task Append_OfANewerEntryOfASlot_DropsTheOlder()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(fixture.Server);
        await rig.LoadAsync(Some.Room);
        await rig.AppendOkAsync(Some.Append(
            Some.Room, Some.Entry(1, "a"), Some.Entry(2, "b"), Some.Entry(3)));

        await rig.AppendOkAsync(Some.Append(Some.Room, Some.Entry(4, "a")));
        await rig.AppendOkAsync(Some.Append(Some.Room, Some.Entry(5, "a", bytes: 3)));

        StoredFeed loaded = await rig.LoadAsync(Some.Room);
        Assert.Equal([2, 3, 5], loaded.Offsets());
        Assert.Equal(0, loaded.Floor);
        Assert.Equal(3, loaded.Entries[2].Payload.Length);
        Assert.Equal(3, await rig.QueryAsync<long>("select count(*) from switchboard_entries"));
    }

    [Fact]
    public async Task Load_OfMoreSlotsThanAreKept_LeavesTheOldestOut()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(fixture.Server);
        await rig.LoadAsync(Some.Room);
        await rig.AppendOkAsync(Some.Append(
            Some.Room, Some.Entry(1), Some.Entry(2, "a"), Some.Entry(3, "b"), Some.Entry(4)));

        StoredFeed loaded = await rig.LoadAsync(Some.Room, new FeedOptions { MaxSlots = 1 });

        Assert.Equal([1, 3, 4], loaded.Offsets());
        Assert.Equal(2, loaded.Floor);
    }

    [Fact]
    public async Task Append_WhereNothingIsKept_MovesTheHeadAndTheFloor()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(fixture.Server);
        await rig.LoadAsync(Some.Room, new FeedOptions { MaxCount = 0 });
        await rig.AppendOkAsync(Some.Append(Some.Room, 1).WithKey("k"));

        StoredFeed loaded = await rig.LoadAsync(Some.Room, new FeedOptions { MaxCount = 10 });

        Assert.Equal((1L, 1L), (loaded.Head, loaded.Floor));
        Assert.Empty(loaded.Entries);
        Assert.Equal(["k"], loaded.Keys());
        await rig.AppendOkAsync(Some.Append(Some.Room, 2));
        loaded = await rig.LoadAsync(Some.Room);
        Assert.Equal([2], loaded.Offsets());
    }

    private static async Task FillAsync(StoreRig rig, int count, Func<long, long> time)
    {
        await rig.LoadAsync(Some.Room);
        for (long offset = 1; offset <= count; offset++)
        {
            await rig.AppendOkAsync(
                Some.Append(Some.Room, Some.Entry(offset, time: time(offset))).WithKey($"k{offset}", time: time(offset)));
        }
    }
}
