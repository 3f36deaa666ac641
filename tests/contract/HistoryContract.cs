using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.Contract;

/// <summary>Pages of what a feed keeps, for those whose feed it is.</summary>
public abstract class HistoryContract(BackplaneHarness harness) : BackplaneContract(harness)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_PageByPage_GivesEachEntryOnce(bool backward)
    {
        (TestConnection reader, RoomName room, Position head) = await FillAsync(10);
        List<string> pages = [];
        List<string> all = [];
        Position? from = null;
        bool more = true;
        while (more)
        {
            HistoryResult page = await reader.ReadAsync(FeedId.Of(room), from, backward, limit: 4);
            Assert.Equal((BackplaneStatus.Ok, head), (page.Status, page.Head));
            pages.Add($"{page.Entries.Count} {page.More}");
            all.AddRange(page.Entries.Texts());
            from = head with { Offset = page.Entries[^1].Offset };
            more = page.More;
        }

        IEnumerable<string> expected = Enumerable.Range(1, 10).Select(number => $"{number}");
        Assert.Equal(backward ? expected.Reverse() : expected, all);
        Assert.Equal(["4 True", "4 True", "2 False"], pages);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_ExactlyAllThatIsLeft_SaysThatThereIsNoMore(bool backward)
    {
        (TestConnection reader, RoomName room, Position head) = await FillAsync(4);

        HistoryResult all = await reader.ReadAsync(FeedId.Of(room), null, backward, limit: 4);
        HistoryResult most = await reader.ReadAsync(FeedId.Of(room), null, backward, limit: 3);
        HistoryResult none = await reader.ReadAsync(
            FeedId.Of(room), head with { Offset = backward ? 1 : 4 }, backward, limit: 4);

        Assert.Equal((4, false), (all.Entries.Count, all.More));
        Assert.Equal((3, true), (most.Entries.Count, most.More));
        Assert.Equal((BackplaneStatus.Ok, 0, false), (none.Status, none.Entries.Count, none.More));
    }

    [Fact]
    public async Task Read_EmptyFeeds_GivesNothingAtTheirHeads()
    {
        RoomName room = NewRoom();
        TestConnection reader = await First.OpenAsync(NewUser());
        Position head = (await reader.JoinAsync(room)).Start.Head;

        HistoryResult page = await reader.ReadAsync(FeedId.Of(room));
        HistoryResult own = await reader.ReadAsync(FeedId.Of(reader.Id));

        Assert.Equal((BackplaneStatus.Ok, head, false), (page.Status, page.Head, page.More));
        Assert.Equal((BackplaneStatus.Ok, reader.OwnFeed.Position, false), (own.Status, own.Head, own.More));
        Assert.Empty(page.Entries);
        Assert.Empty(own.Entries);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_UnknownPosition_IsPositionUnknown(bool backward)
    {
        (TestConnection reader, RoomName room, Position head) = await FillAsync(3);

        Assert.Equal(BackplaneStatus.PositionUnknown, await StatusAsync(head with { Epoch = new Epoch(0xabad1dea) }));
        Assert.Equal(BackplaneStatus.PositionUnknown, await StatusAsync(head with { Offset = 4 }));
        Assert.Equal(BackplaneStatus.Ok, await StatusAsync(head));

        async Task<BackplaneStatus> StatusAsync(Position position) =>
            (await reader.ReadAsync(FeedId.Of(room), position, backward)).Status;
    }

    [Fact]
    public async Task Read_Trimmed_GivesWhatIsLeft()
    {
        const int Count = ContractOptions.SmallHistory + 4;
        (TestConnection reader, RoomName room, Position head) = await FillAsync(Count, ContractOptions.Small);

        HistoryResult forward = await reader.ReadAsync(FeedId.Of(room));
        HistoryResult backward = await reader.ReadAsync(FeedId.Of(room), head with { Offset = 6 }, backward: true);
        HistoryResult lost = await reader.ReadAsync(FeedId.Of(room), head with { Offset = 3 });
        HistoryResult kept = await reader.ReadAsync(FeedId.Of(room), head with { Offset = 4 });

        Assert.Equal(["5", "6", "7", "8", "9"], forward.Entries.Texts());
        Assert.Equal(["5"], backward.Entries.Texts());
        Assert.Equal((false, false), (forward.More, backward.More));
        Assert.Equal(BackplaneStatus.PositionUnknown, lost.Status);
        Assert.Equal(["5", "6", "7", "8", "9"], kept.Entries.Texts());
    }

    [Fact]
    public async Task Read_Entry_IsTheOneThatWasDelivered()
    {
        RoomName room = NewRoom();
        TestConnection sender = await First.OpenAsync(NewUser());
        TestConnection reader = await Second.OpenAsync(NewUser());
        await sender.JoinAsync(room);
        await reader.JoinAsync(room);
        await sender.PublishAsync(
            room, Message.Latest("slot", "{}") with { PayloadKind = PayloadKind.Json, ExceptSender = true });

        FeedEntry live = await reader[room].NextAsync("message");
        FeedEntry kept = Assert.Single((await sender.ReadAsync(FeedId.Of(room))).Entries);

        Assert.Equal(Describe(live), Describe(kept));

        static string Describe(FeedEntry entry) =>
            $"{entry.Offset} {entry.Timestamp} {entry.Text()} {entry.PayloadKind} {entry.Class} {entry.Slot} "
            + $"{entry.Sender} {entry.ExceptSender}";
    }

    [Fact]
    public async Task Read_OwnFeeds_AreOpenAndThoseOfOthersAreNot()
    {
        RoomName room = NewRoom();
        TestConnection owner = await First.OpenAsync(NewUser());
        TestConnection sibling = await Second.OpenAsync(owner.User);
        TestConnection stranger = await Second.OpenAsync(NewUser());
        await owner.JoinAsync(room);
        await First.PublishAsync(room, Message.Reliable("room"));
        await First.SendAsync(owner.User, Message.Reliable("user"));
        await First.SendAsync(owner.Id, Message.Reliable("own"));

        Assert.Equal("Ok room, Ok user, Ok own", await ReadAsync(owner));
        Assert.Equal("NotJoined , Ok user, NotJoined ", await ReadAsync(sibling));
        Assert.Equal("NotJoined , NotJoined , NotJoined ", await ReadAsync(stranger));

        async Task<string> ReadAsync(TestConnection reader)
        {
            List<string> pages = [];
            foreach (FeedId feed in new[] { FeedId.Of(room), FeedId.Of(owner.User), FeedId.Of(owner.Id) })
            {
                HistoryResult page = await reader.ReadAsync(feed);
                pages.Add($"{page.Status} {string.Concat(page.Entries.Texts())}");
            }

            return string.Join(", ", pages);
        }
    }

    [Fact]
    public async Task Read_AfterLeaving_IsNotJoined()
    {
        (TestConnection reader, RoomName room, _) = await FillAsync(1);
        await reader.LeaveAsync(room);

        HistoryResult page = await reader.ReadAsync(FeedId.Of(room));

        Assert.Equal(BackplaneStatus.NotJoined, page.Status);
        Assert.Empty(page.Entries);
    }

    private async Task<(TestConnection Reader, RoomName Room, Position Head)> FillAsync(int count, string? kind = null)
    {
        RoomName room = NewRoom(kind);
        TestConnection reader = await Second.OpenAsync(NewUser());
        Position head = (await reader.JoinAsync(room)).Start.Head;
        for (int number = 1; number <= count; number++)
        {
            head = (await First.PublishAsync(room, Message.Reliable($"{number}"))).Position;
        }

        return (reader, room, head);
    }
}
