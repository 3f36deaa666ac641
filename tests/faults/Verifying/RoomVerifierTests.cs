using Switchboard.Faults.Verifying;

namespace Switchboard.Faults.Tests.Verifying;

public sealed class RoomVerifierTests
{
    private const ulong Epoch = 0xA;
    private const ulong NextEpoch = 0xB;

    private readonly Findings _findings = new();
    private readonly RoomVerifier _room;
    private readonly MemberTrack _ann;
    private readonly MemberTrack _bob;

    public RoomVerifierTests()
    {
        _room = new RoomVerifier("room", _findings);
        _ann = _room.AddMember("ann");
        _bob = _room.AddMember("bob");
        _ann.Begin(At(10));
        _bob.Begin(At(10));
    }

    [Fact]
    public void Check_EverythingCameOnceAndInOrder_FindsNothing()
    {
        Acknowledge(1, 2, 3);
        Receive(_ann, 1, 2, 3);
        Receive(_bob, 1, 2, 3);
        Expect();
        Assert.True(_room.IsSettled());
        Assert.Equal(3, _room.Acknowledged);
    }

    [Fact]
    public void Check_MessageInTheMiddleDidNotCome_IsLost()
    {
        Acknowledge(1, 2, 3);
        Receive(_ann, 1, 2, 3);
        Receive(_bob, 1, 3);
        Expect(FindingKind.Lost);
        Assert.Contains("bob never got message 2", _findings.Examples.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_LastMessageDidNotCome_IsLost()
    {
        Acknowledge(1, 2);
        Receive(_ann, 1, 2);
        Receive(_bob, 1);
        Assert.False(_room.IsSettled());
        Expect(FindingKind.Lost);
    }

    [Fact]
    public void Check_NothingCameToAnybody_IsLostForEach()
    {
        Acknowledge(1);
        Expect(FindingKind.Lost, FindingKind.Lost);
    }

    [Fact]
    public void Check_LostMessageWasNeverAcknowledged_FindsNothing()
    {
        Acknowledge(1, 3);
        Receive(_ann, 1, 2, 3);
        Receive(_bob, 1, 3);
        Expect();
    }

    [Fact]
    public void Check_MemberIsGone_NeedNotHaveGotIt()
    {
        Acknowledge(1);
        Receive(_ann, 1);
        _bob.Gone = true;
        Assert.True(_room.IsSettled());
        Expect();
    }

    [Fact]
    public void Check_MessageIsOlderThanTheMembership_NeedNotHaveComeToIt()
    {
        Acknowledge(1, 2);
        Receive(_ann, 1, 2);
        Receive(_bob, 1, 2);
        var cleo = _room.AddMember("cleo");
        cleo.Begin(At(11));
        Receive(cleo, 2);
        Expect();
    }

    [Fact]
    public void Receive_SameOffsetAgain_IsADuplicate()
    {
        Acknowledge(1, 2);
        Receive(_ann, 1, 2);
        Receive(_bob, 1, 2, 1);
        Expect(FindingKind.Duplicate);
    }

    [Fact]
    public void Receive_SameMessageAtAnotherOffset_IsADuplicate()
    {
        Acknowledge(1);
        foreach (var member in new[] { _ann, _bob })
        {
            member.Receive(1, 11);
            member.Receive(1, 12);
        }

        Expect(FindingKind.Duplicate);
    }

    [Fact]
    public void Acknowledge_AtAnotherPlaceThanDelivered_IsADuplicate()
    {
        Receive(_ann, 1);
        Receive(_bob, 1);
        _room.Acknowledge("ann", 1, At(12));
        Assert.Equal(1, _findings.Count(FindingKind.Duplicate));
    }

    [Fact]
    public void Acknowledge_RetryIsAnsweredWithAnotherPlace_IsADuplicate()
    {
        Publish(1);
        Assert.True(_room.Acknowledge("ann", 1, At(11)));
        Assert.False(_room.Acknowledge("ann", 1, At(12)));
        Assert.Equal(1, _findings.Count(FindingKind.Duplicate));
    }

    [Fact]
    public void Receive_OlderMessageBehindANewerOne_IsDisorder()
    {
        Acknowledge(1, 2, 3);
        Receive(_ann, 1, 2, 3);
        Receive(_bob, 1, 3, 2);

        // What came too late counts as not received as well: no client would take it.
        Expect(FindingKind.Disorder, FindingKind.Lost);
    }

    [Fact]
    public void Receive_MembersDisagreeAboutAPlace_IsAConflict()
    {
        Publish(2);
        _ann.Receive(1, 11);
        _bob.Receive(2, 11);
        Expect(FindingKind.Conflict);
    }

    [Fact]
    public void Acknowledge_AtThePlaceOfAnotherMessage_IsAConflict()
    {
        Acknowledge(1, 2);
        Receive(_ann, 1, 2);
        Receive(_bob, 1, 2);
        Publish(3);
        _room.Acknowledge("ann", 3, At(12));
        Expect(FindingKind.Conflict);
    }

    [Fact]
    public void Receive_MessageThatNobodyPublished_IsStrange()
    {
        _ann.Receive(1, 11);
        Expect(FindingKind.Strange);
    }

    [Fact]
    public void Check_LaterMessageStandsBeforeAnEarlierOneOfItsPublisher_IsOvertaken()
    {
        _room.Publish();
        _room.Publish();
        _room.Publish();
        _room.Acknowledge("ann", 2, At(11));
        _room.Acknowledge("ann", 1, At(13));
        _room.Acknowledge("bob", 3, At(12));
        foreach (var member in new[] { _ann, _bob })
        {
            member.Receive(2, 11);
            member.Receive(3, 12);
            member.Receive(1, 13);
        }

        Assert.Equal((2, 1), (_room.AcknowledgedOf("ann"), _room.AcknowledgedOf("bob")));
        Expect(FindingKind.Overtaken);
        Assert.Contains("ann published 1 before 2", _findings.Examples.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Receive_BeforeTheJoin_IsDisorder()
    {
        Publish(1);
        _room.AddMember("cleo").Receive(1, 11);
        Expect(FindingKind.Disorder);
    }

    [Fact]
    public void Continue_RecoveredAndAllCame_FindsNothing()
    {
        Acknowledge(1, 2, 3);
        Receive(_ann, 1, 2, 3);
        Receive(_bob, 1);
        _bob.Continue(At(13), recovered: true, null);
        Receive(_bob, 2, 3);
        Expect();
    }

    [Fact]
    public void Continue_RecoveredButOneIsMissing_IsLost()
    {
        Acknowledge(1, 2, 3);
        Receive(_ann, 1, 2, 3);
        Receive(_bob, 1);
        _bob.Continue(At(13), recovered: true, null);
        Receive(_bob, 3);
        Expect(FindingKind.Lost);
    }

    [Fact]
    public void Continue_RecoveredButOneComesAgain_IsADuplicate()
    {
        Acknowledge(1, 2);
        Receive(_ann, 1, 2);
        Receive(_bob, 1);
        _bob.Continue(At(12), recovered: true, null);
        Receive(_bob, 1, 2);
        Expect(FindingKind.Duplicate);
    }

    [Fact]
    public void Continue_RecoveredIntoAnotherEpoch_IsDisorder()
    {
        _bob.Continue(new Position(NextEpoch, 0), recovered: true, null);
        Expect(FindingKind.Disorder, FindingKind.NewEpoch);
    }

    [Fact]
    public void Continue_RecoveredToAnEarlierPlace_IsDisorder()
    {
        Publish(1);
        Receive(_bob, 1);
        _bob.Continue(At(10), recovered: true, null);
        Assert.True(_findings.Count(FindingKind.Disorder) > 0);
    }

    [Fact]
    public void Continue_NotRecovered_IsToldAndNotLost()
    {
        Acknowledge(1, 2, 3);
        Receive(_ann, 1, 2, 3);
        Receive(_bob, 1);
        _bob.Continue(At(12), recovered: false, "trimmed");
        Receive(_bob, 3);
        Expect(FindingKind.NotRecovered);
    }

    [Fact]
    public void Lose_OneMessage_IsToldAndNotLost()
    {
        Acknowledge(1, 2, 3);
        Receive(_ann, 1, 2, 3);
        Receive(_bob, 1);
        _bob.Lose(At(12));
        Receive(_bob, 3);
        Expect(FindingKind.ToldLost);
    }

    [Fact]
    public void Lose_OneMessageButTwoAreMissing_TheOtherIsLost()
    {
        Acknowledge(1, 2, 3, 4);
        Receive(_ann, 1, 2, 3, 4);
        Receive(_bob, 1);
        _bob.Lose(At(12));
        Receive(_bob, 4);
        Expect(FindingKind.ToldLost, FindingKind.Lost);
    }

    [Fact]
    public void Lose_IntoANewEpoch_ExcusesTheRestOfTheOldOne()
    {
        Acknowledge(1, 2);
        Receive(_ann, 1, 2);
        Receive(_bob, 1);
        _ann.Lose(new Position(NextEpoch, 0));
        _bob.Lose(new Position(NextEpoch, 0));
        Publish(3);
        _room.Acknowledge("ann", 3, new Position(NextEpoch, 1));
        _ann.Receive(3, 1);
        _bob.Receive(3, 1);
        Expect(FindingKind.ToldLost, FindingKind.ToldLost, FindingKind.NewEpoch, FindingKind.NewEpoch);
    }

    [Fact]
    public void Check_MemberNeverHeardOfTheEpoch_IsLost()
    {
        _ann.Lose(new Position(NextEpoch, 0));
        Publish(1);
        _room.Acknowledge("ann", 1, new Position(NextEpoch, 1));
        _ann.Receive(1, 1);
        Assert.False(_room.IsSettled());
        Expect(FindingKind.ToldLost, FindingKind.NewEpoch, FindingKind.Lost);
    }

    [Fact]
    public void Receive_SameMessageInANewEpoch_IsToldAsAgain()
    {
        Publish(1);
        Receive(_ann, 1);
        _ann.Lose(new Position(NextEpoch, 0));
        _ann.Receive(1, 1);
        Expect(FindingKind.ToldLost, FindingKind.NewEpoch, FindingKind.Again);
    }

    [Fact]
    public void Position_AfterMessagesAndNotices_IsWhereToResume()
    {
        Publish(3);
        Receive(_bob, 1, 3);
        Assert.Equal(At(13), _bob.Position);
        _bob.Lose(At(20));
        Assert.Equal(At(20), _bob.Position);
        _bob.Continue(At(25), recovered: true, null);
        Assert.Equal(At(20), _bob.Position);
    }

    // Message n stands at offset 10 + n.
    private static Position At(long offset) => new(Epoch, offset);

    private void Publish(long upTo)
    {
        while (_room.Published < upTo)
        {
            _room.Publish();
        }
    }

    private void Acknowledge(params long[] numbers)
    {
        Publish(numbers.Max());
        foreach (var number in numbers)
        {
            Assert.True(_room.Acknowledge("ann", number, At(10 + number)));
        }
    }

    private void Receive(MemberTrack member, params long[] numbers)
    {
        Publish(numbers.Max());
        foreach (var number in numbers)
        {
            member.Receive(number, 10 + number);
        }
    }

    private void Expect(params FindingKind[] expected)
    {
        _room.Check();
        var found = Enum.GetValues<FindingKind>()
            .SelectMany(kind => Enumerable.Repeat(kind, (int)_findings.Count(kind)));
        Assert.Equal(expected.Order(), found);
    }
}
