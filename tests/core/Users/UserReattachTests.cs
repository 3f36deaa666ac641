using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Tests.Testing;
using Switchboard.Core.Users;

namespace Switchboard.Core.Tests.Users;

public class UserReattachTests
{
    private const long Now = 1_000_000;

    private readonly User _user = new(Some.Ann, new FeedOptions(), Some.Epoch);

    [Fact]
    public void Reattach_UserThatCameUpAnew_TakesTheConnectionInAndTellsTheLoss()
    {
        _user.Reattach(Some.AnnsPhone, Some.Edge, 1, new Position(Some.OtherEpoch, 7), Now);
        _user.Send(Some.Reliable("a"), Now);

        EdgeBatch batch = Take(_user);
        Assert.Equal(Some.At(0), batch.Lost);
        Assert.Equal(["a"], batch.Entries.Texts());
        Assert.Equal(1, _user.ConnectionCount);
    }

    [Fact]
    public void Reattach_NothingMissed_CostsNoOutbox()
    {
        _user.Reattach(Some.AnnsPhone, Some.Edge, 1, Some.At(0), Now);
        _user.Reattach(Some.AnnsLaptop, Some.Edge, 1, null, Now);
        Assert.Empty(_user.Outboxes);

        _user.Send(Some.Reliable("a"), Now);
        Assert.Equal(["a"], Take(_user).Entries.Texts());
        Assert.Equal(2, _user.FindOutbox(Some.Edge)!.Receivers);
    }

    [Fact]
    public void Reattach_EdgeThatWasTakenForDead_GetsWhatItMissedOnce()
    {
        _user.Add(Some.AnnsPhone, Some.Edge, 1);
        _user.Add(Some.AnnsLaptop, Some.Edge, 1);
        _user.Send(Some.Reliable("a"), Now);
        Take(_user);
        _user.DetachEdge(Some.Edge);
        _user.Send(Some.Reliable("b"), Now);
        _user.Reattach(Some.AnnsPhone, Some.Edge, 1, Some.At(1), Now);
        _user.Reattach(Some.AnnsLaptop, Some.Edge, 1, Some.At(1), Now);
        _user.FindOutbox(Some.Edge)!.Fail();

        EdgeBatch batch = Take(_user);
        Assert.Equal((1, 2), (batch.After, batch.Through));
        Assert.Equal(["b"], batch.Entries.Texts());
    }

    [Fact]
    public void Reattach_OlderOrSameAttachment_ChangesNothing()
    {
        _user.Add(Some.AnnsPhone, Some.OtherEdge, 3);
        _user.Send(Some.Reliable("a"), Now);
        _user.Reattach(Some.AnnsPhone, Some.Edge, 2, Some.At(0), Now);
        _user.Reattach(Some.AnnsPhone, Some.Edge, 3, Some.At(0), Now);

        Assert.Null(_user.FindOutbox(Some.Edge));
        Assert.Equal(1, _user.FindOutbox(Some.OtherEdge)!.Receivers);
    }

    [Theory]
    [InlineData("edge-1")]
    [InlineData("edge-2")]
    public void Reattach_NewerAttachment_MovesTheConnectionAndLosesNothing(string from)
    {
        _user.Add(Some.AnnsPhone, new(from), 1);
        _user.Send(Some.Reliable("a"), Now);
        _user.Reattach(Some.AnnsPhone, Some.Edge, 2, Some.At(0), Now);

        Assert.Single(_user.Outboxes);
        Assert.Equal(["a"], Take(_user).Entries.Texts());
    }

    [Fact]
    public void Save_User_KeepsConnectionsHistoryKeysAndWhatWaits()
    {
        _user.Add(Some.AnnsPhone, Some.Edge, 4);
        _user.Add(Some.AnnsLaptop, Some.OtherEdge, 1);
        _user.Detach(Some.AnnsLaptop, 1);
        _user.Send(Some.Reliable("a", "k"), Now);
        Take(_user);
        _user.FindOutbox(Some.Edge)!.Complete();
        _user.Send(Some.Reliable("b"), Now);
        Take(_user);

        User user = Restore();

        Assert.Equal((2, Some.At(2)), (user.ConnectionCount, user.Head));
        Assert.Equal(["b"], Take(user).Entries.Texts());
        Assert.Equal(new PublishResult(BackplaneStatus.Ok, Some.At(1), true), user.Send(Some.Reliable("a", "k"), Now));
        Assert.Equal(
            ["a", "b"], user.Attach(Some.AnnsLaptop, Some.OtherEdge, 2, Some.At(0), Now).Missed.Texts());
        user.Detach(Some.AnnsPhone, 3);
        Assert.NotNull(user.FindOutbox(Some.Edge));
    }

    [Fact]
    public void Save_NeverSentAnything_CostsNoOutbox()
    {
        _user.Add(Some.AnnsPhone, Some.Edge, 1);

        User user = Restore();

        Assert.Empty(user.Outboxes);
        user.Send(Some.Reliable("a"), Now);
        Assert.Equal(["a"], Take(user).Entries.Texts());
    }

    private static EdgeBatch Take(User user)
    {
        Assert.True(user.FindOutbox(Some.Edge)!.TryTake(out EdgeBatch batch));
        return batch;
    }

    private User Restore() => new(Some.Ann, new FeedOptions(), _user.Save(), Now);
}
