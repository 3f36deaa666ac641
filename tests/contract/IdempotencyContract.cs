using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.Contract;

/// <summary>The same key of the same user publishes once, over whichever connection and edge it comes.</summary>
public abstract class IdempotencyContract(BackplaneHarness harness) : BackplaneContract(harness)
{
    [Fact]
    public async Task Key_Again_ReturnsTheFirstPositionAndPublishesNothing()
    {
        RoomName room = NewRoom();
        TestConnection member = await First.OpenAsync(NewUser());
        await member.JoinAsync(room);

        PublishResult first = await member.PublishAsync(room, Message.Reliable("once", "key"));
        await member.PublishAsync(room, "between");
        PublishResult again = await member.PublishAsync(room, Message.Reliable("once", "key"));
        await member.PublishAsync(room, "marker");

        Assert.Equal((BackplaneStatus.Ok, 1L, false), (first.Status, first.Position.Offset, first.Duplicate));
        Assert.Equal(first with { Duplicate = true }, again);
        Assert.Equal(["once", "between", "marker"], await member[room].ThroughAsync("marker"));
    }

    [Fact]
    public async Task Key_OverAnotherConnectionOnAnotherEdge_IsTheSame()
    {
        RoomName room = NewRoom();
        TestConnection phone = await First.OpenAsync(NewUser());
        TestConnection laptop = await Second.OpenAsync(phone.User);
        await phone.JoinAsync(room);
        await laptop.JoinAsync(room);

        PublishResult first = await phone.PublishAsync(room, Message.Reliable("once", "key"));

        Assert.Equal(
            first with { Duplicate = true }, await laptop.PublishAsync(room, Message.Reliable("once", "key")));
    }

    [Fact]
    public async Task Key_AfterAReconnect_IsTheSame()
    {
        RoomName room = NewRoom();
        TestConnection old = await First.OpenAsync(NewUser());
        await old.JoinAsync(room);
        PublishResult first = await old.PublishAsync(room, Message.Reliable("once", "key"));
        await old.DetachAsync();

        TestConnection resumed = await old.ResumeAsync(Second);
        PublishResult again = await resumed.PublishAsync(room, Message.Reliable("once", "key"));
        await resumed.CloseAsync();
        TestConnection anew = await First.OpenAsync(old.User);
        await anew.JoinAsync(room);
        PublishResult late = await anew.PublishAsync(room, Message.Reliable("once", "key"));

        Assert.Equal(first with { Duplicate = true }, again);
        Assert.Equal(first with { Duplicate = true }, late);
    }

    [Fact]
    public async Task Key_OfOthers_IsAnother()
    {
        RoomName room = NewRoom();
        RoomName other = NewRoom();
        TestConnection ann = await First.OpenAsync(NewUser());
        TestConnection bob = await Second.OpenAsync(NewUser());
        await ann.JoinAsync(room);
        await ann.JoinAsync(other);
        await bob.JoinAsync(room);

        PublishResult[] results =
        [
            await ann.PublishAsync(room, Message.Reliable("ann", "key")),
            await bob.PublishAsync(room, Message.Reliable("bob", "key")),
            await First.PublishAsync(room, Message.Reliable("server", "key")),
            await ann.PublishAsync(room, Message.Reliable("ann, other key", "KEY")),
            await ann.PublishAsync(other, Message.Reliable("ann, other room", "key")),
        ];

        Assert.All(results, result => Assert.Equal((BackplaneStatus.Ok, false), (result.Status, result.Duplicate)));
        Assert.Equal([1L, 2L, 3L, 4L, 1L], results.Select(result => result.Position.Offset));
        PublishResult again = await Second.PublishAsync(room, Message.Reliable("server", "key"));
        Assert.Equal(results[2] with { Duplicate = true }, again);
    }

    [Fact]
    public async Task Key_ManyTimesAtOnce_PublishesOnce()
    {
        RoomName room = NewRoom();
        UserName user = NewUser();
        TestConnection[] siblings = [await First.OpenAsync(user), await Second.OpenAsync(user)];
        foreach (TestConnection sibling in siblings)
        {
            await sibling.JoinAsync(room);
        }

        PublishResult[] results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(
            () => siblings[i % 2].PublishAsync(room, Message.Reliable("once", "key")))));
        await siblings[0].PublishAsync(room, "marker");

        Assert.Single(results, result => !result.Duplicate);
        Assert.All(results, result => Assert.Equal((BackplaneStatus.Ok, 1L), (result.Status, result.Position.Offset)));
        foreach (TestConnection sibling in siblings)
        {
            Assert.Equal(["once", "marker"], await sibling[room].ThroughAsync("marker"));
        }
    }

    [Fact]
    public async Task Key_OnALatestMessage_CountsToo()
    {
        RoomName room = NewRoom();
        TestConnection member = await First.OpenAsync(NewUser());
        await member.JoinAsync(room);

        PublishResult first = await member.PublishAsync(room, Message.Latest("slot", "old", "key"));
        await member.PublishAsync(room, Message.Latest("slot", "new"));
        PublishResult again = await member.PublishAsync(room, Message.Latest("slot", "old", "key"));

        Assert.Equal(first with { Duplicate = true }, again);
        Assert.Equal(["new"], (await member.ReadAsync(FeedId.Of(room))).Entries.Texts());
    }

    [Fact]
    public async Task Key_InSends_CountsForEachReceiver()
    {
        TestConnection sender = await First.OpenAsync(NewUser());
        TestConnection receiver = await Second.OpenAsync(NewUser());

        PublishResult toUser = await sender.SendAsync(receiver.User, Message.Reliable("user", "key"));
        PublishResult toConnection = await sender.SendAsync(receiver.Id, Message.Reliable("own", "key"));
        sender = await sender.ResumeAsync(Second);

        Assert.Equal((false, false), (toUser.Duplicate, toConnection.Duplicate));
        Assert.Equal(
            toUser with { Duplicate = true }, await sender.SendAsync(receiver.User, Message.Reliable("user", "key")));
        Assert.Equal(
            toConnection with { Duplicate = true },
            await sender.SendAsync(receiver.Id, Message.Reliable("own", "key")));
        await sender.SendAsync(receiver.User, Message.Reliable("marker"));
        await sender.SendAsync(receiver.Id, Message.Reliable("marker"));
        Assert.Equal(["user", "marker"], await receiver.UserFeed.ThroughAsync("marker"));
        Assert.Equal(["own", "marker"], await receiver.OwnFeed.ThroughAsync("marker"));
    }

    [Fact]
    public async Task Key_WhereNoneAreKept_IsRefused()
    {
        RoomName room = NewRoom(ContractOptions.NoKeys);
        TestConnection member = await First.OpenAsync(NewUser());
        await member.JoinAsync(room);

        Assert.Equal(BackplaneStatus.Refused, (await member.PublishAsync(room, Message.Reliable("x", "key"))).Status);
        Assert.Equal(1, (await member.PublishAsync(room, "without")).Offset);
    }
}
