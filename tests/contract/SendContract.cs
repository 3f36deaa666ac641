using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.Contract;

/// <summary>Messages to a user, and to a single connection.</summary>
public abstract class SendContract(BackplaneHarness harness) : BackplaneContract(harness)
{
    [Fact]
    public async Task ToUser_ReachesItsConnectionsOnEveryEdgeAndNobodyElse()
    {
        TestConnection[] others = await OpenManyAsync(2);
        UserName user = NewUser();
        TestConnection[] own = [await First.OpenAsync(user), await Second.OpenAsync(user), await First.OpenAsync(user)];

        PublishResult result = await others[0].SendAsync(user, Message.Reliable("hello"));

        Assert.Equal((BackplaneStatus.Ok, 1L), (result.Status, result.Position.Offset));
        foreach (TestConnection connection in own)
        {
            FeedEntry entry = await connection.UserFeed.NextAsync("hello");
            Assert.Equal(("hello", new Sender(others[0].User, others[0].Id)), (entry.Text(), entry.Sender));
            Assert.Equal(result.Position, connection.UserFeed.Position);
        }

        foreach (TestConnection other in others)
        {
            await First.SendAsync(other.User, Message.Reliable("marker"));
            Assert.Equal(["marker"], await other.UserFeed.ThroughAsync("marker"));
        }
    }

    [Fact]
    public async Task ToUser_WhoIsNotThere_IsNoSuchConnection()
    {
        TestConnection sender = await First.OpenAsync(NewUser());

        Assert.Equal(
            BackplaneStatus.NoSuchConnection, (await sender.SendAsync(NewUser(), Message.Reliable("anyone?"))).Status);
    }

    [Fact]
    public async Task ToUser_OneDetached_IsKeptForItsResume()
    {
        UserName user = NewUser();
        TestConnection here = await First.OpenAsync(user);
        TestConnection away = await Second.OpenAsync(user);
        await away.DetachAsync();

        await First.SendAsync(user, Message.Reliable("while away"));
        TestConnection back = await away.ResumeAsync(First);
        await Second.SendAsync(user, Message.Reliable("live"));

        Assert.Equal(["while away", "live"], await here.UserFeed.ThroughAsync("live"));
        Assert.Equal(["while away", "live"], await back.UserFeed.ThroughAsync("live"));
    }

    [Fact]
    public async Task ToUser_ExceptSender_ReachesItsOtherConnections()
    {
        UserName user = NewUser();
        TestConnection phone = await First.OpenAsync(user);
        TestConnection laptop = await Second.OpenAsync(user);

        await phone.SendAsync(user, Message.Reliable("read up to 7", exceptSender: true));
        await phone.SendAsync(user, Message.Reliable("marker"));

        Assert.Equal(["marker"], await phone.UserFeed.ThroughAsync("marker"));
        Assert.Equal(["read up to 7", "marker"], await laptop.UserFeed.ThroughAsync("marker"));
    }

    [Fact]
    public async Task ToConnection_ReachesThatOneOnly()
    {
        UserName user = NewUser();
        TestConnection one = await First.OpenAsync(user);
        TestConnection two = await Second.OpenAsync(user);
        TestConnection sender = await First.OpenAsync(NewUser());

        PublishResult result = await sender.SendAsync(two.Id, Message.Reliable("for two"));
        await First.SendAsync(one.Id, Message.Reliable("marker"));

        FeedEntry entry = await two.OwnFeed.NextAsync("for two");
        Assert.Equal(("for two", result.Position.Offset), (entry.Text(), entry.Offset));
        Assert.Equal(new Sender(sender.User, sender.Id), entry.Sender);
        Assert.Equal(["marker"], await one.OwnFeed.ThroughAsync("marker"));
        await First.SendAsync(user, Message.Reliable("user's marker"));
        Assert.Equal(["user's marker"], await two.UserFeed.ThroughAsync("user's marker"));
    }

    [Fact]
    public async Task ToConnection_Detached_IsKeptForItsResume()
    {
        TestConnection old = await First.OpenAsync(NewUser());
        await old.DetachAsync();

        PublishResult result = await Second.SendAsync(old.Id, Message.Reliable("while away"));
        TestConnection resumed = await old.ResumeAsync(Second);

        Assert.Equal(BackplaneStatus.Ok, result.Status);
        Assert.Equal(["while away"], resumed.OwnFeed.Start.Missed.Texts());
        Assert.Equal(result.Position, resumed.OwnFeed.Start.Head);
    }

    [Fact]
    public async Task ToConnection_Moved_FollowsItToItsEdge()
    {
        TestConnection connection = await First.OpenAsync(NewUser());
        for (int i = 0; i < 4; i++)
        {
            await First.SendAsync(connection.Id, Message.Reliable($"{i}"));
            await connection.OwnFeed.ThroughAsync($"{i}");
            connection = await connection.ResumeAsync(i % 2 == 0 ? Second : First);
            Assert.Empty(connection.OwnFeed.Start.Missed);
        }

        await Second.SendAsync(connection.Id, Message.Reliable("end"));
        Assert.Equal(["end"], await connection.OwnFeed.ThroughAsync("end"));
        Assert.Equal(5, connection.OwnFeed.Position.Offset);
    }

    [Fact]
    public async Task ToConnection_AtTheEndsOfAHistory_KeepsItsBounds()
    {
        TestConnection connection = await First.OpenAsync(NewUser());
        for (int i = 1; i <= ContractOptions.ConnectionHistory + 3; i++)
        {
            await Second.SendAsync(connection.Id, Message.Reliable($"{i}"));
        }

        HistoryResult page = await connection.ReadAsync(FeedId.Of(connection.Id));

        Assert.Equal(ContractOptions.ConnectionHistory, page.Entries.Count);
        Assert.Equal("4", page.Entries[0].Text());
        Assert.Equal(
            ContractOptions.ConnectionHistory + 3,
            (await connection.OwnFeed.CountAsync(ContractOptions.ConnectionHistory + 3, "all")).Length);
    }
}
