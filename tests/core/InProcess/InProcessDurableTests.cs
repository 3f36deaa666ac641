using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.InProcess;
using Switchboard.Core.Rooms;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.InProcess;

public class InProcessDurableTests
{
    private static readonly RoomName Room = new("durable:room");

    private readonly ModelFeedStore _store = new();

    [Fact]
    public async Task Publish_StoreAway_IsUnavailableAndWorksAgainAfter()
    {
        await using InProcessBackplane backplane = Create();
        TestConnection ann = await EnterAsync(backplane);
        await ann.PublishAsync(Room, "before");

        _store.IsAway = true;
        PublishResult refused = await backplane.PublishAsync(Room, Keyed("meanwhile"));
        _store.IsAway = false;
        PublishResult again = await backplane.PublishAsync(Room, Keyed("meanwhile"));
        PublishResult twice = await backplane.PublishAsync(Room, Keyed("meanwhile"));

        Assert.Equal(BackplaneStatus.Unavailable, refused.Status);
        Assert.Equal((BackplaneStatus.Ok, 2L, false), (again.Status, again.Position.Offset, again.Duplicate));
        Assert.Equal((again.Position, true), (twice.Position, twice.Duplicate));
        Assert.Equal(["before", "meanwhile"], await ann[Room].CountAsync(2, "both messages"));
    }

    [Fact]
    public async Task Join_StoreAway_IsUnavailableAndWorksAgainAfter()
    {
        await using InProcessBackplane backplane = Create();
        TestConnection ann = await new TestEdge(backplane).OpenAsync(Some.Ann);

        _store.IsAway = true;
        JoinResult refused = await ann.TryJoinAsync(Room);
        _store.IsAway = false;
        JoinResult joined = await ann.TryJoinAsync(Room);

        Assert.Equal(BackplaneStatus.Unavailable, refused.Status);
        Assert.Equal(BackplaneStatus.Ok, joined.Status);
    }

    [Fact]
    public async Task NewProcess_SameStore_GoesOnWithTheFeed()
    {
        Position seen;
        await using (InProcessBackplane before = Create())
        {
            TestConnection ann = await EnterAsync(before);
            seen = await ann.PublishAsync(Room, "first");
            await ann.PublishAsync(Room, "second");
        }

        await using InProcessBackplane after = Create();
        TestConnection bob = await new TestEdge(after).OpenAsync(Some.Bob);
        JoinResult joined = await bob.TryJoinAsync(Room, position: seen);

        Assert.Equal(RecoveryOutcome.Recovered, joined.Feed.Outcome);
        Assert.Equal(seen with { Offset = 2 }, joined.Feed.Head);
        Assert.Equal("second", Assert.Single(Message.Texts(joined.Feed.Missed)));
    }

    [Fact]
    public async Task Feed_LostByTheStore_BeginsAnewWithItsMembersAndIsToldAsALoss()
    {
        await using InProcessBackplane backplane = Create();
        var edge = new TestEdge(backplane);
        TestConnection ann = await edge.OpenAsync(Some.Ann);
        TestConnection bob = await edge.OpenAsync(Some.Bob);
        await ann.JoinAsync(Room, presence: true);
        await bob.JoinAsync(Room);
        Position before = await ann.PublishAsync(Room, "before");
        await ann[Room].CountAsync(1, "the first message");
        await bob[Room].CountAsync(1, "the first message");
        await bob.DetachAsync();

        _store.Forget(FeedId.Of(Room));
        PublishResult refused = await ann.PublishAsync(Room, Keyed("after"));
        PublishResult after = refused;
        long began = TimeProvider.System.GetTimestamp();
        while (after.Status == BackplaneStatus.Unavailable && TimeProvider.System.GetElapsedTime(began) < Patience.Limit)
        {
            await Task.Delay(1);
            after = await ann.PublishAsync(Room, Keyed("after"));
        }

        TestConnection again = await bob.ResumeAsync(edge);
        await ann.PublishAsync(Room, "last");

        Assert.Equal(BackplaneStatus.Unavailable, refused.Status);
        Assert.Equal((BackplaneStatus.Ok, 1L), (after.Status, after.Position.Offset));
        Assert.NotEqual(before.Epoch, after.Position.Epoch);
        Assert.Equal(["before", "after", "last"], await ann[Room].CountAsync(3, "what came after"));
        Assert.Equal([after.Position.Epoch], ann[Room].Losses.Select(loss => loss.Epoch));
        Assert.Equal("last", (await again[Room].ThroughAsync("last"))[^1]);
        await ann.PresenceAsync(Room, view => view.Has(again.Id) && view.Count == 2, "both members");
        Assert.Empty(edge.TakeViolations());
    }

    private static async Task<TestConnection> EnterAsync(InProcessBackplane backplane)
    {
        TestConnection connection = await new TestEdge(backplane).OpenAsync(Some.Ann);
        await connection.JoinAsync(Room);
        return connection;
    }

    private static Publication Keyed(string text) => Message.Reliable(text, key: text);

    private InProcessBackplane Create()
    {
        var options = new InProcessOptions();
        options.Rooms.Kinds.Add(new RoomKind { Pattern = "durable:*", Options = new RoomOptions { Durable = true } });
        return new InProcessBackplane(options, TimeProvider.System, store: _store);
    }
}
