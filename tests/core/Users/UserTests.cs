using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Tests.Testing;
using Switchboard.Core.Users;

namespace Switchboard.Core.Tests.Users;

public class UserTests
{
    private const long Now = 1_000_000;

    [Fact]
    public void Send_SeveralConnections_ReachesEachEdgeOnce()
    {
        User user = NewUser();
        user.Add(Some.AnnsPhone, Some.Edge, 1);
        user.Add(Some.AnnsLaptop, Some.Edge, 1);
        user.Add(Some.BobsPhone, Some.OtherEdge, 1);

        Assert.Equal(new PublishResult(BackplaneStatus.Ok, Some.At(1), false), user.Send(Some.Reliable("a"), Now));
        Assert.Equal(["a"], Drain(user, Some.Edge));
        Assert.Equal(["a"], Drain(user, Some.OtherEdge));
        Assert.Equal(3, user.ConnectionCount);
    }

    [Fact]
    public void Add_AfterTheFirstMessage_BeginsAtTheHeadAndReceives()
    {
        User user = NewUser();
        Assert.Equal(Some.At(0), user.Add(Some.AnnsPhone, Some.Edge, 1));
        user.Send(Some.Reliable("a"), Now);

        Assert.Equal(Some.At(1), user.Add(Some.AnnsLaptop, Some.OtherEdge, 1));
        user.Send(Some.Reliable("b"), Now);

        Assert.Equal(["b"], Drain(user, Some.OtherEdge));
    }

    [Fact]
    public void Send_NobodyAndNothingKept_IsNoSuchConnection()
    {
        User user = NewUser();
        user.Add(Some.AnnsPhone, Some.Edge, 1);
        user.Remove(Some.AnnsPhone);

        Assert.True(user.CanCollect(Now));
        Assert.Equal(BackplaneStatus.NoSuchConnection, user.Send(Some.Reliable(), Now).Status);
    }

    [Theory]
    [InlineData(99, BackplaneStatus.Ok)]
    [InlineData(100, BackplaneStatus.NoSuchConnection)]
    public void Send_NobodyButSomethingKept_IsKeptToo(long after, BackplaneStatus status)
    {
        User user = NewUser(new FeedOptions { MaxAge = TimeSpan.FromMilliseconds(100) });
        user.Add(Some.AnnsPhone, Some.Edge, 1);
        user.Send(Some.Reliable("a"), Now);
        user.Remove(Some.AnnsPhone);

        Assert.Equal(status, user.Send(Some.Reliable("b"), Now + after).Status);
        Assert.Equal(status != BackplaneStatus.Ok, user.CanCollect(Now + after));
    }

    [Fact]
    public void Send_DetachedOnly_IsKeptAndRecovered()
    {
        User user = NewUser();
        user.Add(Some.AnnsPhone, Some.Edge, 1);
        user.Detach(Some.AnnsPhone, 1);

        Assert.Equal(BackplaneStatus.Ok, user.Send(Some.Reliable("a"), Now).Status);
        Assert.Empty(user.Outboxes);
        Recovery recovery = user.Attach(Some.AnnsPhone, Some.OtherEdge, 2, Some.At(0), Now);
        user.Send(Some.Reliable("b"), Now);

        Assert.Equal(["a"], recovery.Missed.Texts());
        Assert.Equal(Some.At(1), recovery.Head);
        Assert.Equal(["b"], Drain(user, Some.OtherEdge));
    }

    [Fact]
    public void Attach_OlderOrUnknown_ReceivesNothing()
    {
        User user = NewUser();
        user.Add(Some.AnnsPhone, Some.Edge, 3);
        user.Send(Some.Reliable("a"), Now);
        user.Attach(Some.AnnsPhone, Some.OtherEdge, 2, null, Now);
        user.Attach(Some.BobsPhone, Some.OtherEdge, 9, null, Now);
        user.Detach(Some.AnnsPhone, 2);
        user.Send(Some.Reliable("b"), Now);

        Assert.Equal(["a", "b"], Drain(user, Some.Edge));
        Assert.Null(user.FindOutbox(Some.OtherEdge));
    }

    [Fact]
    public void Remove_OneOfTwo_LeavesTheOther()
    {
        User user = NewUser();
        user.Add(Some.AnnsPhone, Some.Edge, 1);
        user.Add(Some.AnnsLaptop, Some.OtherEdge, 1);
        user.Send(Some.Reliable("a"), Now);
        user.Remove(Some.AnnsPhone);
        user.Remove(Some.AnnsPhone);

        Assert.Null(user.FindOutbox(Some.Edge));
        Assert.Equal(["a"], Drain(user, Some.OtherEdge));
        Assert.False(user.CanCollect(long.MaxValue));
    }

    [Fact]
    public void DetachEdge_ItsConnections_StayWithoutReceiving()
    {
        User user = NewUser();
        user.Add(Some.AnnsPhone, Some.Edge, 1);
        user.Add(Some.AnnsLaptop, Some.OtherEdge, 1);
        user.DetachEdge(Some.Edge);
        user.Send(Some.Reliable("a"), Now);

        Assert.Equal(2, user.ConnectionCount);
        Assert.Equal([Some.OtherEdge], user.Outboxes.Select(outbox => outbox.Edge));
    }

    [Fact]
    public void Read_ByOwnConnectionsOnly_IsAPage()
    {
        User user = NewUser();
        user.Add(Some.AnnsPhone, Some.Edge, 1);
        user.Send(Some.Reliable("a"), Now);
        var query = new HistoryQuery(null, false, 10);

        Assert.Equal(["a"], user.Read(Some.AnnsPhone, query, Now).Entries.Texts());
        Assert.Equal(BackplaneStatus.NotJoined, user.Read(Some.BobsPhone, query, Now).Status);
    }

    [Fact]
    public void Upkeep_Feed_TrimsWhileConnectedAndEndsAfter()
    {
        User user = NewUser(new FeedOptions { MaxAge = TimeSpan.FromMilliseconds(100) });
        user.Add(Some.AnnsPhone, Some.Edge, 1);
        Assert.Null(user.UpkeepAt);
        user.Send(Some.Reliable(), Now);
        Assert.Equal(Now + 100, user.UpkeepAt);
        Assert.False(user.Upkeep(Now + 100));
        Assert.Null(user.UpkeepAt);

        user.Send(Some.Reliable(), Now + 200);
        user.Remove(Some.AnnsPhone);
        Assert.False(user.Upkeep(Now + 299));
        Assert.True(user.Upkeep(Now + 300));
    }

    private static User NewUser(FeedOptions? options = null) => new(Some.Ann, options ?? new FeedOptions(), Some.Epoch);

    private static string[] Drain(User user, EdgeId edge)
    {
        Assert.True(user.FindOutbox(edge)!.TryTake(out EdgeBatch batch));
        return batch.Entries.Texts();
    }
}
