using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.Contract;

/// <summary>What was missed is recovered exactly, or it is said why not.</summary>
public abstract class RecoveryContract(BackplaneHarness harness) : BackplaneContract(harness)
{
    private static readonly Epoch OtherEpoch = new(0xabad1dea);

    [Fact]
    public async Task Resume_MissedInEveryFeed_IsRecoveredExactlyAndGoesOn()
    {
        RoomName room = NewRoom();
        TestConnection old = await First.OpenAsync(NewUser());
        await old.JoinAsync(room);
        await SendToAllAsync("seen");
        await old[room].ThroughAsync("seen");
        await old.UserFeed.ThroughAsync("seen");
        await old.OwnFeed.ThroughAsync("seen");
        await old.DetachAsync();
        await SendToAllAsync("missed 1");
        await SendToAllAsync("missed 2");

        TestConnection resumed = await old.ResumeAsync(Second);
        await SendToAllAsync("live");

        foreach (FeedReceiver feed in new[] { resumed[room], resumed.UserFeed, resumed.OwnFeed })
        {
            Assert.Equal((RecoveryOutcome.Recovered, 3L), (feed.Start.Outcome, feed.Start.Head.Offset));
            Assert.Equal(["missed 1", "missed 2"], feed.Start.Missed.Texts());
            Assert.Equal(["missed 1", "missed 2", "live"], await feed.ThroughAsync("live"));
            Assert.Equal(4, feed.Position.Offset);
            Assert.Empty(feed.Losses);
        }

        async Task SendToAllAsync(string text)
        {
            await First.PublishAsync(room, Message.Reliable(text));
            await Second.SendAsync(old.User, Message.Reliable(text));
            await First.SendAsync(old.Id, Message.Reliable(text));
        }
    }

    [Fact]
    public async Task Resume_NothingMissed_IsRecoveredWithNothing()
    {
        RoomName room = NewRoom();
        TestConnection old = await First.OpenAsync(NewUser());
        await old.JoinAsync(room);

        TestConnection resumed = await old.ResumeAsync(Second);

        foreach (FeedReceiver feed in new[] { resumed[room], resumed.UserFeed, resumed.OwnFeed })
        {
            Assert.Equal(RecoveryOutcome.Recovered, feed.Start.Outcome);
            Assert.Empty(feed.Start.Missed);
        }
    }

    [Fact]
    public async Task Resume_WithoutPositions_GoesOnFromNow()
    {
        RoomName room = NewRoom();
        TestConnection old = await First.OpenAsync(NewUser());
        await old.JoinAsync(room);
        await old.DetachAsync();
        await First.PublishAsync(room, Message.Reliable("missed"));

        TestConnection resumed = await old.ResumeAsync(Second, Positions.None);
        await First.PublishAsync(room, Message.Reliable("live"));

        Assert.Equal(RecoveryOutcome.NotAsked, resumed[room].Start.Outcome);
        Assert.Equal(RecoveryOutcome.NotAsked, resumed.UserFeed.Start.Outcome);
        Assert.Equal(RecoveryOutcome.NotAsked, resumed.OwnFeed.Start.Outcome);
        Assert.Equal(["live"], await resumed[room].ThroughAsync("live"));
    }

    [Theory]
    [InlineData(RecoveryOutcome.EpochChanged)]
    [InlineData(RecoveryOutcome.Ahead)]
    public async Task Resume_PositionsOfNoUse_SaysWhyAndGoesOnFromNow(RecoveryOutcome why)
    {
        RoomName room = NewRoom();
        TestConnection old = await First.OpenAsync(NewUser());
        await old.JoinAsync(room);
        await First.PublishAsync(room, Message.Reliable("before"));
        await old[room].ThroughAsync("before");
        Positions kept = old.Positions;

        TestConnection resumed = await old.ResumeAsync(Second, new Positions(
            Spoil(kept.User!.Value),
            Spoil(kept.Own!.Value),
            kept.Rooms.ToDictionary(entry => entry.Key, entry => Spoil(entry.Value))));
        await First.PublishAsync(room, Message.Reliable("live"));

        foreach (FeedReceiver feed in new[] { resumed[room], resumed.UserFeed, resumed.OwnFeed })
        {
            Assert.Equal(why, feed.Start.Outcome);
            Assert.Empty(feed.Start.Missed);
        }

        Assert.Equal(kept.Of(room), resumed[room].Start.Head);
        Assert.Equal(["live"], await resumed[room].ThroughAsync("live"));

        Position Spoil(Position position) => why == RecoveryOutcome.EpochChanged
            ? position with { Epoch = OtherEpoch }
            : position with { Offset = position.Offset + 1 };
    }

    [Fact]
    public async Task Resume_MoreMissedThanIsKept_SaysTrimmed()
    {
        RoomName room = NewRoom(ContractOptions.Small);
        TestConnection old = await First.OpenAsync(NewUser());
        await old.JoinAsync(room);
        Positions start = old.Positions;
        await RepeatAsync(ContractOptions.SmallHistory + 1, m => First.PublishAsync(room, m));
        await RepeatAsync(ContractOptions.UserHistory + 1, m => First.SendAsync(old.User, m));
        await RepeatAsync(ContractOptions.ConnectionHistory + 1, m => First.SendAsync(old.Id, m));

        TestConnection resumed = await old.ResumeAsync(Second, start);
        await First.PublishAsync(room, Message.Reliable("live"));

        foreach (FeedReceiver feed in new[] { resumed[room], resumed.UserFeed, resumed.OwnFeed })
        {
            Assert.Equal(RecoveryOutcome.Trimmed, feed.Start.Outcome);
            Assert.Empty(feed.Start.Missed);
        }

        Assert.Equal(["live"], await resumed[room].ThroughAsync("live"));
    }

    [Fact]
    public async Task Resume_AsMuchMissedAsIsKept_IsRecovered()
    {
        RoomName room = NewRoom(ContractOptions.Small);
        TestConnection old = await First.OpenAsync(NewUser());
        await old.JoinAsync(room);
        Positions start = old.Positions;
        await RepeatAsync(ContractOptions.SmallHistory, m => First.PublishAsync(room, m));
        await RepeatAsync(ContractOptions.UserHistory, m => First.SendAsync(old.User, m));
        await RepeatAsync(ContractOptions.ConnectionHistory, m => First.SendAsync(old.Id, m));

        TestConnection resumed = await old.ResumeAsync(Second, start);

        Assert.Equal(Numbers(ContractOptions.SmallHistory), resumed[room].Start.Missed.Texts());
        Assert.Equal(Numbers(ContractOptions.UserHistory), resumed.UserFeed.Start.Missed.Texts());
        Assert.Equal(Numbers(ContractOptions.ConnectionHistory), resumed.OwnFeed.Start.Missed.Texts());
    }

    [Fact]
    public async Task Join_WithAPosition_RecoversForAnotherConnection()
    {
        RoomName room = NewRoom();
        TestConnection before = await First.OpenAsync(NewUser());
        Position start = (await before.JoinAsync(room)).Start.Head;
        await RepeatAsync(3, m => First.PublishAsync(room, m));
        await before.CloseAsync();

        TestConnection anew = await Second.OpenAsync(before.User);
        FeedReceiver feed = await anew.JoinAsync(room, start with { Offset = 1 });
        await First.PublishAsync(room, Message.Reliable("live"));

        Assert.Equal(RecoveryOutcome.Recovered, feed.Start.Outcome);
        Assert.Equal(["2", "3", "live"], await feed.ThroughAsync("live"));
    }

    [Fact]
    public async Task Join_PositionOfNoUse_SaysWhy()
    {
        RoomName room = NewRoom(ContractOptions.Small);
        Position head = (await First.PublishAsync(room, Message.Reliable("0"))).Position;
        await RepeatAsync(ContractOptions.SmallHistory + 3, m => First.PublishAsync(room, m));
        TestConnection connection = await Second.OpenAsync(NewUser());

        Assert.Equal(RecoveryOutcome.Trimmed, await OutcomeAsync(head));
        Assert.Equal(RecoveryOutcome.Ahead, await OutcomeAsync(head with { Offset = 100 }));
        Assert.Equal(RecoveryOutcome.EpochChanged, await OutcomeAsync(head with { Epoch = OtherEpoch }));
        Assert.Equal(RecoveryOutcome.NotAsked, await OutcomeAsync(null));

        async Task<RecoveryOutcome> OutcomeAsync(Position? position)
        {
            RecoveryOutcome outcome = (await connection.JoinAsync(room, position)).Start.Outcome;
            await connection.LeaveAsync(room);
            return outcome;
        }
    }

    [Fact]
    public async Task Resume_HoppingBetweenEdgesUnderLoad_SeesEachMessageOnce()
    {
        const int Hops = 7;
        const int Each = (ContractOptions.RoomHistory - 1) / Hops;
        RoomName room = NewRoom();
        TestConnection hopper = await First.OpenAsync(NewUser());
        TestConnection publisher = await Second.OpenAsync(NewUser());
        await publisher.JoinAsync(room);
        FeedReceiver feed = await hopper.JoinAsync(room);
        List<string> seen = [];

        for (int hop = 0; hop < Hops; hop++)
        {
            string[] batch = Numbers(Each, (hop * Each) + 1);
            Task publishing = Task.Run(async () =>
            {
                foreach (string number in batch)
                {
                    await publisher.PublishAsync(room, number);
                }
            });
            await feed.ThroughAsync(batch[0], $"before hop {hop}");
            TestConnection next = await hopper.ResumeAsync(hop % 2 == 0 ? Second : First);
            seen.AddRange(feed.Texts);
            (hopper, feed) = (next, next[room]);
            Assert.Equal(RecoveryOutcome.Recovered, feed.Start.Outcome);
            await publishing.WithinAsync($"publishing in hop {hop}");
        }

        await publisher.PublishAsync(room, "end");
        seen.AddRange(await feed.ThroughAsync("end"));
        Assert.Equal([.. Numbers(Hops * Each), "end"], seen);
    }

    private static string[] Numbers(int count, int from = 1) =>
        [.. Enumerable.Range(from, count).Select(number => $"{number}")];

    private static async Task RepeatAsync(int count, Func<Publication, Task<PublishResult>> send)
    {
        foreach (string number in Numbers(count))
        {
            Assert.Equal(BackplaneStatus.Ok, (await send(Message.Reliable(number))).Status);
        }
    }
}
