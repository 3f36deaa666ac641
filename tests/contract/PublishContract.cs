using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.Contract;

/// <summary>What is published is what arrives, or is refused with the reason.</summary>
public abstract class PublishContract(BackplaneHarness harness) : BackplaneContract(harness)
{
    private static readonly string LongestLabel = string.Concat(Enumerable.Repeat("é", 32));

    [Fact]
    public async Task Publish_Member_ReachesMembersOnEveryEdgeWithThePositionAcknowledged()
    {
        RoomName room = NewRoom();
        TestConnection[] all = await OpenManyAsync(4);
        foreach (TestConnection connection in all)
        {
            await connection.JoinAsync(room);
        }

        Position acknowledged = await all[0].PublishAsync(room, "hello");

        foreach (TestConnection connection in all)
        {
            FeedEntry entry = await connection[room].NextAsync("hello");
            Assert.Equal(("hello", acknowledged.Offset), (entry.Text(), entry.Offset));
            Assert.Equal(acknowledged, connection[room].Position);
        }
    }

    [Theory]
    [InlineData(DeliveryClass.Reliable, PayloadKind.Json, null, "key", false)]
    [InlineData(DeliveryClass.Reliable, PayloadKind.Binary, null, null, true)]
    [InlineData(DeliveryClass.Latest, PayloadKind.Json, "cursor: ü", null, true)]
    [InlineData(DeliveryClass.Volatile, PayloadKind.Binary, null, null, false)]
    public async Task Publish_Fields_ArriveAsTheyWereSent(
        DeliveryClass deliveryClass, PayloadKind kind, string? slot, string? key, bool exceptSender)
    {
        RoomName room = NewRoom();
        TestConnection sender = await First.OpenAsync(NewUser());
        TestConnection receiver = await Second.OpenAsync(NewUser());
        await sender.JoinAsync(room);
        await receiver.JoinAsync(room);
        long before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var publication = new Publication(
            Message.Bytes("{\"é\":1}"), kind, deliveryClass, slot, key, null, exceptSender);

        PublishResult result = await sender.PublishAsync(room, publication);
        FeedEntry entry = await receiver[room].NextAsync("message");

        Assert.Equal((BackplaneStatus.Ok, false), (result.Status, result.Duplicate));
        Assert.Equal("{\"é\":1}", entry.Text());
        Assert.Equal((deliveryClass, kind, slot), (entry.Class, entry.PayloadKind, entry.Slot));
        Assert.Equal(new Sender(sender.User, sender.Id), entry.Sender);
        Assert.Equal(exceptSender, entry.ExceptSender);
        Assert.Equal(deliveryClass == DeliveryClass.Volatile ? 0 : 1, entry.Offset);
        Assert.InRange(entry.Timestamp, before - 1000, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 1000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(ContractOptions.MaxPayloadBytes)]
    public async Task Publish_Payload_ArrivesByteForByte(int bytes)
    {
        RoomName room = NewRoom();
        TestConnection sender = await First.OpenAsync(NewUser());
        TestConnection receiver = await Second.OpenAsync(NewUser());
        await sender.JoinAsync(room);
        await receiver.JoinAsync(room);
        Publication publication = Message.Sized(bytes, seed: 7);

        Assert.Equal(BackplaneStatus.Ok, (await sender.PublishAsync(room, publication)).Status);

        FeedEntry live = await receiver[room].NextAsync("message");
        FeedEntry kept = Assert.Single((await receiver.ReadAsync(FeedId.Of(room))).Entries);
        Assert.Equal(publication.Payload.ToArray(), live.Payload.ToArray());
        Assert.Equal(publication.Payload.ToArray(), kept.Payload.ToArray());
    }

    [Fact]
    public async Task Publish_PayloadTooLarge_IsRefusedAndPublishesNothing()
    {
        RoomName room = NewRoom();
        TestConnection member = await First.OpenAsync(NewUser());
        await member.JoinAsync(room);

        PublishResult result = await member.PublishAsync(room, Message.Sized(ContractOptions.MaxPayloadBytes + 1));

        Assert.Equal(BackplaneStatus.PayloadTooLarge, result.Status);
        Assert.Equal(1, (await member.PublishAsync(room, "marker")).Offset);
        Assert.Equal(["marker"], await member[room].ThroughAsync("marker"));
    }

    [Fact]
    public async Task Publish_Malformed_IsRefusedAndPublishesNothing()
    {
        RoomName room = NewRoom();
        TestConnection member = await First.OpenAsync(NewUser());
        await member.JoinAsync(room);
        string tooLong = LongestLabel + "x";
        Publication[] malformed =
        [
            Message.Latest(null!, "no slot"),
            Message.Latest("", "empty slot"),
            Message.Latest(tooLong, "long slot"),
            Message.Reliable("slot") with { Slot = "slot" },
            Message.Volatile("slot") with { Slot = "slot" },
            Message.Volatile("key") with { Key = "key" },
            Message.Reliable("empty key", key: ""),
            Message.Reliable("long key", key: tooLong),
        ];

        foreach (Publication publication in malformed)
        {
            Assert.Equal(
                (publication.Payload.Text(), BackplaneStatus.Refused),
                (publication.Payload.Text(), (await member.PublishAsync(room, publication)).Status));
            Assert.Equal(BackplaneStatus.Refused, (await member.SendAsync(member.User, publication)).Status);
            Assert.Equal(BackplaneStatus.Refused, (await member.SendAsync(member.Id, publication)).Status);
        }

        Assert.Equal(1, (await member.PublishAsync(room, "marker")).Offset);
        Assert.Equal(["marker"], await member[room].ThroughAsync("marker"));
    }

    [Fact]
    public async Task Publish_LongestKeyAndSlot_AreTaken()
    {
        RoomName room = NewRoom();
        TestConnection member = await First.OpenAsync(NewUser());
        await member.JoinAsync(room);

        Assert.Equal(
            BackplaneStatus.Ok,
            (await member.PublishAsync(room, Message.Latest(LongestLabel, "longest", LongestLabel))).Status);
        Assert.Equal(LongestLabel, (await member[room].NextAsync("longest")).Slot);
    }

    [Fact]
    public async Task Publish_LongestUnicodeNames_ComeThrough()
    {
        var room = new RoomName(LongestName(Kind));
        var user = new UserName(LongestName("user"));
        TestConnection sender = await First.OpenAsync(user);
        TestConnection receiver = await Second.OpenAsync(NewUser());
        await sender.JoinAsync(room, presence: true);
        await receiver.JoinAsync(room);
        await sender.PublishAsync(room, "room");
        await receiver.SendAsync(user, Message.Reliable("user"));

        Assert.Equal(user, (await receiver[room].NextAsync("room")).Sender!.User);
        Assert.Equal(["user"], await sender.UserFeed.CountAsync(1, "user"));
        Assert.Contains((await receiver.PresenceAsync(room)).Presence!.Members, member => member.User == user);
        Assert.Equal([room], (await sender.ResumeAsync(Second)).Rooms);
    }

    [Fact]
    public async Task Publish_AfterLeaving_IsNotJoined()
    {
        RoomName room = NewRoom();
        TestConnection member = await First.OpenAsync(NewUser());
        await member.JoinAsync(room);
        await member.LeaveAsync(room);

        Assert.Equal(BackplaneStatus.NotJoined, (await member.PublishAsync(room, Message.Reliable("late"))).Status);
    }

    [Fact]
    public async Task Publish_ByTheServer_NeedsNoMemberAndHasNoSender()
    {
        RoomName room = NewRoom();
        PublishResult early = await First.PublishAsync(room, Message.Reliable("early"));
        TestConnection member = await Second.OpenAsync(NewUser());
        FeedReceiver feed = await member.JoinAsync(room, early.Position with { Offset = 0 });
        await First.PublishAsync(room, Message.Reliable("live"));

        Assert.Equal((BackplaneStatus.Ok, 1L), (early.Status, early.Position.Offset));
        Assert.Equal(["early", "live"], await feed.ThroughAsync("live"));
        Assert.All(feed.Entries, entry => Assert.Null(entry.Sender));
    }

    [Fact]
    public async Task Publish_ExceptSender_ReachesEverybodyElse()
    {
        RoomName room = NewRoom();
        TestConnection sender = await First.OpenAsync(NewUser());
        TestConnection sibling = await Second.OpenAsync(sender.User);
        TestConnection neighbour = await First.OpenAsync(NewUser());
        foreach (TestConnection connection in new[] { sender, sibling, neighbour })
        {
            await connection.JoinAsync(room);
        }

        await sender.PublishAsync(room, Message.Reliable("not for me", exceptSender: true));
        await sender.PublishAsync(room, "marker");

        Assert.Equal(["marker"], await sender[room].ThroughAsync("marker"));
        Assert.Equal(["not for me", "marker"], await sibling[room].ThroughAsync("marker"));
        Assert.Equal(["not for me", "marker"], await neighbour[room].ThroughAsync("marker"));
    }

    [Fact]
    public async Task Publish_ExceptSender_IsLeftOutOfItsRecoveryToo()
    {
        RoomName room = NewRoom();
        TestConnection sender = await First.OpenAsync(NewUser());
        TestConnection other = await First.OpenAsync(NewUser());
        Position start = (await sender.JoinAsync(room)).Start.Head;
        await sender.PublishAsync(room, Message.Reliable("not for me", exceptSender: true));
        await sender.PublishAsync(room, "for all");

        Positions positions = sender.Positions with { Rooms = new Dictionary<RoomName, Position> { [room] = start } };
        TestConnection resumed = await sender.ResumeAsync(Second, positions);
        FeedReceiver joined = await other.JoinAsync(room, start);

        Assert.Equal(["for all"], resumed[room].Start.Missed.Texts());
        Assert.Equal(["not for me", "for all"], joined.Start.Missed.Texts());
    }
}
