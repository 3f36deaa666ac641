using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms;
using Switchboard.Core.Rooms.Logic;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Rooms.Logic;

public class LogicQueueTests
{
    private readonly RoomHarness _room = new(new RoomOptions { MaxPayloadBytes = 100 });
    private readonly LogicQueue _queue;

    public LogicQueueTests() => _queue = new LogicQueue(_room.Room);

    [Fact]
    public void Turn_HasWhatHappened_InItsOrderAndNumbered()
    {
        _room.Join(Some.AnnsPhone);
        LogicInput input = Ask("one");
        _room.Leave(Some.AnnsPhone);

        LogicTurn turn = Take();

        Assert.Equal(1, turn.First);
        Assert.Equal([NoticeKind.Joined, NoticeKind.Input, NoticeKind.Left], turn.Notices.Select(notice => notice.Kind));
        Assert.False(input.Completion.IsCompleted);
    }

    [Fact]
    public void Turn_InFlight_IsTheOnlyOne()
    {
        _room.Join(Some.AnnsPhone);
        LogicTurn first = Take();
        Ask("meanwhile");

        Assert.False(_queue.TryTake(alsoNothing: true, out _));
        _queue.Complete(first, [], _room.Now);

        Assert.Equal(2, Take().First);
    }

    [Fact]
    public void Verdicts_DecideWhatIsPublished()
    {
        _room.Join(Some.AnnsPhone);
        LogicInput accepted = Ask("accepted");
        LogicInput consumed = Ask("consumed");
        LogicInput refused = Ask("refused");

        _queue.Complete(Take(), [InputVerdict.Accept, InputVerdict.Consume, InputVerdict.Refuse], _room.Now);

        Assert.Equal(["accepted"], _room.Drain().Entries.Texts());
        Assert.Equal(new PublishResult(BackplaneStatus.Ok, Some.At(1), false), accepted.Result);
        Assert.Equal(new PublishResult(BackplaneStatus.Ok, Some.At(1), false), consumed.Result);
        Assert.Equal(BackplaneStatus.RefusedByLogic, refused.Result.Status);
    }

    [Fact]
    public void Ask_WhatTheRoomWouldNotTake_IsAnsweredAtOnce()
    {
        Assert.Null(_queue.Ask(From(Some.Reliable("not joined")), out PublishResult notJoined));
        _room.Join(Some.AnnsPhone);
        Assert.Null(_queue.Ask(From(Some.Reliable(new string('x', 101))), out PublishResult tooLarge));
        Assert.Null(_queue.Ask(From(Some.Reliable("slotless") with { Class = DeliveryClass.Latest }), out PublishResult malformed));

        Assert.Equal(
            [BackplaneStatus.NotJoined, BackplaneStatus.PayloadTooLarge, BackplaneStatus.Refused],
            new[] { notJoined.Status, tooLarge.Status, malformed.Status });
    }

    [Fact]
    public void Ask_BeyondWhatMayWait_IsUnavailable()
    {
        _room.Join(Some.AnnsPhone);
        for (int i = 0; i < 10_000; i++)
        {
            Ask("waits");
        }

        Assert.Null(_queue.Ask(From(Some.Reliable("too much")), out PublishResult result));
        Assert.Equal(BackplaneStatus.Unavailable, result.Status);
    }

    [Fact]
    public void Fail_AnswersTheTurnsInputs_AndTheNextTurnShowsTheGap()
    {
        _room.Join(Some.AnnsPhone);
        LogicInput input = Ask("lost");
        _queue.Fail(Take());

        Assert.Equal(BackplaneStatus.Unavailable, input.Result.Status);
        Assert.True(_queue.TryTake(alsoNothing: true, out LogicTurn? next));
        Assert.Equal(3, next.First);
        Assert.Empty(next.Notices);
    }

    [Fact]
    public void Accepted_OfAMemberThatHasLeft_IsNotPublished()
    {
        _room.Join(Some.AnnsPhone);
        LogicInput input = Ask("late");
        LogicTurn turn = Take();
        _room.Leave(Some.AnnsPhone);

        _queue.Complete(turn, [InputVerdict.Accept], _room.Now);

        Assert.Equal(BackplaneStatus.NotJoined, input.Result.Status);
    }

    private static Publication From(Publication publication) =>
        publication with { Sender = new Sender(Some.Ann, Some.AnnsPhone) };

    private LogicInput Ask(string text)
    {
        LogicInput? input = _queue.Ask(From(Some.Reliable(text)), out _);
        Assert.NotNull(input);
        return input;
    }

    private LogicTurn Take()
    {
        Assert.True(_queue.TryTake(alsoNothing: false, out LogicTurn? turn));
        return turn;
    }
}
