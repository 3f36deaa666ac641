using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.Contract;

/// <summary>What is kept and delivered of messages that need not all arrive.</summary>
public abstract class DeliveryClassContract(BackplaneHarness harness) : BackplaneContract(harness)
{
    [Fact]
    public async Task Latest_Newest_ReachesEverybodyInOrder()
    {
        const int Count = 200;
        RoomName room = NewRoom();
        TestConnection publisher = await First.OpenAsync(NewUser());
        TestConnection receiver = await Second.OpenAsync(NewUser());
        await publisher.JoinAsync(room);
        await receiver.JoinAsync(room);

        for (int i = 1; i <= Count; i++)
        {
            PublishResult result = await publisher.PublishAsync(room, Message.Latest("cursor", $"{i}"));
            Assert.Equal((BackplaneStatus.Ok, (long)i), (result.Status, result.Position.Offset));
        }

        foreach (TestConnection connection in new[] { publisher, receiver })
        {
            await connection[room].ThroughAsync($"{Count}", "the newest");
            FeedEntry[] entries = connection[room].Entries;
            Assert.All(entries, entry => Assert.Equal($"{entry.Offset}", entry.Text()));
            Assert.Equal(entries.Offsets().Order(), entries.Offsets());
            Assert.Empty(connection[room].Losses);
        }
    }

    [Fact]
    public async Task Latest_BetweenReliable_SupersedesNoneOfThem()
    {
        RoomName room = NewRoom();
        TestConnection publisher = await First.OpenAsync(NewUser());
        TestConnection receiver = await Second.OpenAsync(NewUser());
        await publisher.JoinAsync(room);
        await receiver.JoinAsync(room);

        for (int i = 0; i < 50; i++)
        {
            await publisher.PublishAsync(room, Message.Latest("cursor", $"cursor {i}"));
            await publisher.PublishAsync(room, $"word {i}");
        }

        string[] texts = await receiver[room].ThroughAsync("word 49");
        Assert.Equal(
            Enumerable.Range(0, 50).Select(i => $"word {i}"),
            texts.Where(text => text.StartsWith("word", StringComparison.Ordinal)));
        Assert.Contains("cursor 49", texts);
    }

    [Fact]
    public async Task Latest_History_KeepsTheNewestOfEachSlot()
    {
        RoomName room = NewRoom();
        TestConnection reader = await Second.OpenAsync(NewUser());
        await reader.JoinAsync(room);
        await PublishSlotsAsync(room);

        Assert.Equal(
            ["word", "b 1", "a 3"], (await reader.ReadAsync(FeedId.Of(room))).Entries.Texts());
    }

    [Fact]
    public async Task Latest_Recovery_SkipsWhatWasSuperseded()
    {
        RoomName room = NewRoom();
        TestConnection old = await First.OpenAsync(NewUser());
        await old.JoinAsync(room);
        await old.DetachAsync();
        await PublishSlotsAsync(room);

        TestConnection resumed = await old.ResumeAsync(Second);

        Assert.Equal(RecoveryOutcome.Recovered, resumed[room].Start.Outcome);
        Assert.Equal(["word", "b 1", "a 3"], resumed[room].Start.Missed.Texts());
        Assert.Equal([3L, 4L, 5L], resumed[room].Start.Missed.Offsets());
    }

    [Fact]
    public async Task Volatile_Live_StandsWhereItWasSentWithoutAnOffset()
    {
        RoomName room = NewRoom();
        TestConnection publisher = await First.OpenAsync(NewUser());
        TestConnection receiver = await Second.OpenAsync(NewUser());
        await publisher.JoinAsync(room);
        await receiver.JoinAsync(room);

        Position one = await publisher.PublishAsync(room, "one");
        PublishResult typing = await publisher.PublishAsync(room, Message.Volatile("typing"));
        Position two = await publisher.PublishAsync(room, "two");

        Assert.Equal(new PublishResult(BackplaneStatus.Ok, one, false), typing);
        Assert.Equal(one with { Offset = 2 }, two);
        Assert.Equal(["one", "typing", "two"], await receiver[room].ThroughAsync("two"));
        Assert.Equal([1L, 0L, 2L], receiver[room].Entries.Offsets());
    }

    [Fact]
    public async Task Volatile_Missed_IsNeitherKeptNorRecovered()
    {
        RoomName room = NewRoom();
        TestConnection old = await First.OpenAsync(NewUser());
        await old.JoinAsync(room);
        await old.DetachAsync();
        await Second.PublishAsync(room, Message.Volatile("typing"));
        await Second.SendAsync(old.User, Message.Volatile("typing"));
        await Second.SendAsync(old.Id, Message.Volatile("typing"));
        await Second.PublishAsync(room, Message.Reliable("word"));

        TestConnection resumed = await old.ResumeAsync(Second);

        Assert.Equal(["word"], resumed[room].Start.Missed.Texts());
        Assert.Empty(resumed.UserFeed.Start.Missed);
        Assert.Empty(resumed.OwnFeed.Start.Missed);
        Assert.Equal(["word"], (await resumed.ReadAsync(FeedId.Of(room))).Entries.Texts());
    }

    [Fact]
    public async Task Classes_InUsersAndConnectionsFeeds_HoldToo()
    {
        TestConnection receiver = await First.OpenAsync(NewUser());
        foreach (Publication publication in new[]
        {
            Message.Latest("slot", "old"), Message.Volatile("typing"), Message.Latest("slot", "new"),
        })
        {
            await Second.SendAsync(receiver.User, publication);
            await Second.SendAsync(receiver.Id, publication);
        }

        await receiver.UserFeed.ThroughAsync("new");
        await receiver.OwnFeed.ThroughAsync("new");
        Assert.Equal(["new"], (await receiver.ReadAsync(FeedId.Of(receiver.User))).Entries.Texts());
        Assert.Equal(["new"], (await receiver.ReadAsync(FeedId.Of(receiver.Id))).Entries.Texts());
    }

    private async Task PublishSlotsAsync(RoomName room)
    {
        await First.PublishAsync(room, Message.Latest("a", "a 1"));
        await Second.PublishAsync(room, Message.Latest("a", "a 2"));
        await First.PublishAsync(room, Message.Reliable("word"));
        await First.PublishAsync(room, Message.Latest("b", "b 1"));
        await Second.PublishAsync(room, Message.Latest("a", "a 3"));
    }
}
