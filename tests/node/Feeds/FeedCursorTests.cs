using Switchboard.Core.Feeds;
using Switchboard.Core.Tests.Testing;
using Switchboard.GrainInterfaces.Edges;
using Switchboard.Node.Feeds;
using Switchboard.Node.Tests.Testing;

namespace Switchboard.Node.Tests.Feeds;

public sealed class FeedCursorTests
{
    private readonly FeedCursor _cursor = new();

    public FeedCursorTests()
    {
        Assert.True(_cursor.TryEnter());
    }

    [Fact]
    public void Delivery_ThatGoesOn_IsTaken()
    {
        _cursor.Settle(Some.At(3));

        Taking taking = _cursor.Take(Deliver.Entries(3, 4, 5, 0));

        Assert.Equal([4, 5, 0], taking.Entries.Offsets());
        Assert.Equal(Some.At(5), _cursor.Seen);
    }

    [Fact]
    public void Delivery_ThatWasSeen_IsPassedOverWithItsVolatileEntries()
    {
        _cursor.Settle(Some.At(3));
        _cursor.Take(Deliver.Entries(3, 4, 5));

        Taking taking = _cursor.Take(Deliver.Entries(3, 4, 5, 0));

        Assert.Empty(taking.Entries);
        Assert.Equal(3, taking.PassedOver);
        Assert.Null(taking.Behind);
    }

    [Fact]
    public void Delivery_SeenInPart_GivesTheRest()
    {
        _cursor.Settle(Some.At(4));

        Taking taking = _cursor.Take(Deliver.Entries(2, 3, 0, 4, 5));

        Assert.Equal([0, 5], taking.Entries.Offsets());
    }

    [Fact]
    public void Delivery_OfVolatileEntriesAlone_IsTaken()
    {
        _cursor.Settle(Some.At(4));

        Assert.Equal([0, 0], _cursor.Take(Deliver.Entries(4, 0, 0)).Entries.Offsets());
    }

    [Fact]
    public void Delivery_AfterAGap_IsRefusedWithWhatWasSeen()
    {
        _cursor.Settle(Some.At(3));

        Taking taking = _cursor.Take(Deliver.Entries(5, 6));

        Assert.Equal(Some.At(3), taking.Behind);
        Assert.Empty(taking.Entries);
        Assert.Equal(Some.At(3), _cursor.Seen);
    }

    [Fact]
    public void Delivery_OfAnotherEpoch_IsRefusedUntilTheLossIsTold()
    {
        _cursor.Settle(Some.At(3));
        Position anew = new(Some.OtherEpoch, 2);

        Taking refused = _cursor.Take(new Delivery
        {
            Feed = Deliver.Feed, Epoch = Some.OtherEpoch, After = 2, Through = 3, Presence = [], Entries = [Some.Entry(3)],
        });
        Taking taken = _cursor.Take(Deliver.Lost(anew, 3));

        Assert.Equal(Some.At(3), refused.Behind);
        Assert.Equal(anew, taken.Lost);
        Assert.Equal([3], taken.Entries.Offsets());
        Assert.Equal(new Position(Some.OtherEpoch, 3), _cursor.Seen);
    }

    [Fact]
    public void Loss_ThatIsToldAgain_IsNotToldTwiceAndTakesNothingBack()
    {
        _cursor.Settle(Some.At(3));
        _cursor.Take(Deliver.Lost(Some.At(8), 9));

        Taking again = _cursor.Take(Deliver.Lost(Some.At(8), 9));

        Assert.Null(again.Lost);
        Assert.Empty(again.Entries);
        Assert.Equal(Some.At(9), _cursor.Seen);
    }

    [Fact]
    public void Delivery_BeforeTheAnswerToTheJoin_BeginsTheCursor()
    {
        Taking taking = _cursor.Take(Deliver.Entries(7, 8));
        _cursor.Settle(Some.At(7));

        Assert.Equal([8], taking.Entries.Offsets());
        Assert.Equal(Some.At(8), _cursor.Seen);
    }

    [Fact]
    public void Joins_AnsweredInAnotherOrder_BeginWithTheOlderHead()
    {
        // The second receiver joined when 6 to 8 had been published, which are still under way for the first.
        Assert.True(_cursor.TryEnter());
        _cursor.Settle(Some.At(8));

        Assert.Equal([6, 7, 8], _cursor.Take(Deliver.Entries(5, 6, 7, 8)).Entries.Offsets());
        _cursor.Settle(Some.At(5));

        Assert.Equal(Some.At(8), _cursor.Seen);
    }

    [Fact]
    public void Join_ThatFails_LeavesTheOtherHead()
    {
        Assert.True(_cursor.TryEnter());
        _cursor.Settle(Some.At(8));
        Assert.False(_cursor.Abandon());

        Assert.Equal(Some.At(8), _cursor.Take(Deliver.Entries(9, 10)).Behind);
    }

    [Fact]
    public void Join_LaterThanTheFirst_DoesNotMoveTheCursor()
    {
        _cursor.Settle(Some.At(3));
        Assert.True(_cursor.TryEnter());
        _cursor.Settle(Some.At(6));

        Assert.Equal([4, 5, 6], _cursor.Take(Deliver.Entries(3, 4, 5, 6)).Entries.Offsets());
    }

    [Fact]
    public void LastReceiver_ThatLeaves_EndsTheCursor()
    {
        _cursor.Settle(Some.At(3));

        Assert.True(_cursor.Leave());
        Assert.False(_cursor.TryEnter());
        Assert.Empty(_cursor.Take(Deliver.Entries(3, 4)).Entries);
    }
}
