using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Storage;
using Switchboard.Storage.Postgres.Tests.Testing;

namespace Switchboard.Storage.Postgres.Tests;

[Collection(ServerCollection.Name)]
public sealed class RoundTripTests(ServerFixture fixture)
{
    [Fact]
    public async Task Load_OfANewFeed_BeginsItWithTheEpochAndKeepsThat()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(fixture.Server);

        StoredFeed begun = await rig.LoadAsync(Some.Room);
        LoadResult again = await rig.Store.LoadAsync(
            Some.Room, new Epoch(7), new FeedOptions(), 0, CancellationToken.None);

        Assert.Equal((Some.Epoch, 0L, 0L), (begun.Epoch, begun.Head, begun.Floor));
        Assert.Empty(begun.Entries);
        Assert.Empty(begun.Keys);
        Assert.Equal(Some.Epoch, again.Feed!.Epoch);
    }

    [Fact]
    public async Task Load_OfOneNewFeedByMany_BeginsItOnce()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(fixture.Server);

        LoadResult[] loaded = await Task.WhenAll(Enumerable.Range(1, 20).Select(epoch => rig.Store.LoadAsync(
            Some.Room, new Epoch((ulong)epoch), new FeedOptions(), 0, CancellationToken.None).AsTask()));

        Assert.All(loaded, result => Assert.Equal(StoreStatus.Ok, result.Status));
        Assert.Single(loaded.Select(result => result.Feed!.Epoch).Distinct());
    }

    [Fact]
    public async Task Load_AfterAnAppend_HasEveryFieldOfIt()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(fixture.Server);
        await rig.LoadAsync(Some.Room);
        var sender = new Sender(new UserName("änn"), new ConnectionId("phone"));
        FeedEntry full = new()
        {
            Offset = 2,
            Timestamp = Some.Now,
            Payload = Some.Utf8("xx{\"a\":1}xx").AsMemory(2, 7),
            PayloadKind = PayloadKind.Json,
            Class = DeliveryClass.Latest,
            Slot = "cursor\0é",
            Sender = sender,
            ExceptSender = true,
        };
        StoredKey[] keys = [new("änn", "k\0", 1, Some.Now), new(null, "server", 2, Some.Now)];
        await rig.AppendOkAsync(new FeedAppend(Some.Room, Some.Epoch, 0, 5, [Some.Entry(1), full], keys));

        StoredFeed loaded = await rig.LoadAsync(Some.Room);

        Assert.Equal((Some.Epoch, 5L, 0L), (loaded.Epoch, loaded.Head, loaded.Floor));
        Assert.Equal([1, 2], loaded.Offsets());
        FeedEntry read = loaded.Entries[1];
        Assert.Equal("{\"a\":1}"u8, read.Payload.Span);
        Assert.Equal(
            (full.Timestamp, full.PayloadKind, full.Class, full.Slot, full.Sender, full.ExceptSender),
            (read.Timestamp, read.PayloadKind, read.Class, read.Slot, read.Sender, read.ExceptSender));
        Assert.Null(loaded.Entries[0].Slot);
        Assert.Null(loaded.Entries[0].Sender);
        Assert.Equal(keys, loaded.Keys);
    }

    [Fact]
    public async Task Load_AfterAnOffset_HasOnlyWhatCameLater()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(fixture.Server);
        await rig.LoadAsync(Some.Room);
        for (long offset = 1; offset <= 5; offset++)
        {
            await rig.AppendOkAsync(Some.Append(Some.Room, offset).WithKey($"k{offset}"));
        }

        StoredFeed loaded = await rig.LoadAsync(Some.Room, after: 3);

        Assert.Equal(5, loaded.Head);
        Assert.Equal(0, loaded.Floor);
        Assert.Equal([4, 5], loaded.Offsets());
        Assert.Equal(["k4", "k5"], loaded.Keys());
    }

    [Fact]
    public async Task Feeds_OfOneNameAndOtherKinds_AreApart()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(fixture.Server);
        FeedId user = FeedId.Of(new UserName("room"));
        await rig.LoadAsync(Some.Room);
        await rig.LoadAsync(user);

        await rig.AppendOkAsync(Some.Append(Some.Room, 1));

        Assert.Equal(1, (await rig.LoadAsync(Some.Room)).Head);
        Assert.Equal(0, (await rig.LoadAsync(user)).Head);
    }

    [Fact]
    public async Task Append_WithACancelledToken_Throws()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(fixture.Server);
        await rig.LoadAsync(Some.Room);
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => rig.Store.AppendAsync(Some.Append(Some.Room, 1), cancelled).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => rig.Store.LoadAsync(Some.Room, Some.Epoch, new FeedOptions(), 0, cancelled).AsTask());

        Assert.Equal(0, (await rig.LoadAsync(Some.Room)).Head);
    }

    [Fact]
    public async Task Append_AfterTheStoreWasClosed_IsUnavailable()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(fixture.Server);
        await rig.LoadAsync(Some.Room);
        await rig.Store.DisposeAsync();

        Assert.Equal(StoreStatus.Unavailable, await rig.AppendAsync(Some.Append(Some.Room, 1)));
    }
}
