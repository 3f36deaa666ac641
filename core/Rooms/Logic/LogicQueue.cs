using System.Diagnostics.CodeAnalysis;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;

namespace Switchboard.Core.Rooms.Logic;

/// <summary>
/// What a room has to tell its logic, in the order in which it happened: one turn in flight, the next one filling. What the logic
/// accepts is published in the order in which it came. Not safe for concurrent use.
/// </summary>
public sealed class LogicQueue : IRoomObserver
{
    private const int MaxWaiting = 10_000;
    private const long MaxWaitingBytes = 8 * 1024 * 1024;
    private const int MaxTurn = 512;
    private const long MaxTurnBytes = 1024 * 1024;

    private readonly Room _room;
    private readonly List<Notice> _waiting = [];
    private LogicTurn? _flying;
    private long _next = 1;
    private long _waitingBytes;
    private int _waitingInputs;

    /// <summary>Begins with the members that a room has; who joins or leaves from now on, the logic is told.</summary>
    public LogicQueue(Room room)
    {
        ArgumentNullException.ThrowIfNull(room);
        _room = room;
        room.Observer = this;
    }

    /// <summary>True when <see cref="TryTake"/> has something to take.</summary>
    public bool HasWork => _flying is null && _waiting.Count > 0;

    /// <summary>The members there are now.</summary>
    public IReadOnlyList<PresenceMember> Members => _room.Members;

    /// <summary>Has a message of a member decided about; null where it is answered at once.</summary>
    /// <param name="publication">The message, with a sender.</param>
    /// <param name="result">Why it is not asked about: NotJoined, PayloadTooLarge, Refused, or Unavailable where too much waits.</param>
    public LogicInput? Ask(in Publication publication, out PublishResult result)
    {
        BackplaneStatus status = _room.Check(publication);
        bool isFull = _waitingInputs >= MaxWaiting || _waitingBytes + publication.Payload.Length > MaxWaitingBytes;
        if (status == BackplaneStatus.Ok && isFull)
        {
            status = BackplaneStatus.Unavailable;
        }

        result = new PublishResult(status, default, false);
        if (status != BackplaneStatus.Ok)
        {
            return null;
        }

        var input = new LogicInput();
        _waiting.Add(new Notice(NoticeKind.Input, null, publication, input));
        _waitingInputs++;
        _waitingBytes += publication.Payload.Length;
        return input;
    }

    /// <summary>
    /// Takes what the logic is to be told next; false where a turn is in flight. It ends with <see cref="Complete"/> or
    /// <see cref="Fail"/>.
    /// </summary>
    /// <param name="alsoNothing">Takes a turn without a notice where nothing waits.</param>
    /// <param name="turn">The turn.</param>
    public bool TryTake(bool alsoNothing, [NotNullWhen(true)] out LogicTurn? turn)
    {
        turn = null;
        if (_flying is not null || (_waiting.Count == 0 && !alsoNothing))
        {
            return false;
        }

        Notice[] notices = TakeWaiting();
        turn = _flying = new LogicTurn(_next, notices);
        _next += notices.Length;
        return true;
    }

    /// <summary>The logic has decided: what it accepts is published now.</summary>
    /// <param name="turn">The turn in flight.</param>
    /// <param name="verdicts">One for each input, in order.</param>
    /// <param name="now">The time, in milliseconds since the Unix epoch.</param>
    public void Complete(LogicTurn turn, IReadOnlyList<InputVerdict> verdicts, long now)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentNullException.ThrowIfNull(verdicts);
        _flying = null;
        int index = 0;
        foreach (Notice notice in turn.Notices)
        {
            if (notice.Waiting is { } input)
            {
                Decide(input, notice.Publication, verdicts[index++], now);
            }
        }
    }

    /// <summary>The logic could not be reached, or its answer is unknown: the turn's inputs are answered Unavailable.</summary>
    public void Fail(LogicTurn turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        _flying = null;
        foreach (Notice notice in turn.Notices)
        {
            notice.Waiting?.Complete(new PublishResult(BackplaneStatus.Unavailable, default, false));
        }
    }

    /// <summary>The room goes on elsewhere: what waits is answered Unavailable.</summary>
    public void FailWaiting()
    {
        Notice[] notices = [.. _waiting];
        _waiting.Clear();
        _waitingInputs = 0;
        _waitingBytes = 0;
        foreach (Notice notice in notices)
        {
            notice.Waiting?.Complete(new PublishResult(BackplaneStatus.Unavailable, default, false));
        }
    }

    void IRoomObserver.OnJoined(PresenceMember member) => Note(new Notice(NoticeKind.Joined, member, default, null));

    void IRoomObserver.OnLeft(PresenceMember member) => Note(new Notice(NoticeKind.Left, member, default, null));

    private Notice[] TakeWaiting()
    {
        int count = 0;
        long bytes = 0;
        while (count < _waiting.Count && count < MaxTurn && bytes < MaxTurnBytes)
        {
            Notice notice = _waiting[count++];
            bytes += notice.Publication.Payload.Length;
            _waitingInputs -= notice.Kind == NoticeKind.Input ? 1 : 0;
        }

        Notice[] taken = [.. _waiting[..count]];
        _waiting.RemoveRange(0, count);
        _waitingBytes -= bytes;
        return taken;
    }

    private void Note(in Notice notice)
    {
        if (_waiting.Count - _waitingInputs >= MaxWaiting)
        {
            // The logic sees by the number that it has missed something, and asks who is there.
            _waiting.RemoveAll(static waiting => waiting.Kind != NoticeKind.Input);
            _next++;
        }

        _waiting.Add(notice);
    }

    private void Decide(LogicInput input, in Publication publication, InputVerdict verdict, long now)
    {
        switch (verdict)
        {
            case InputVerdict.Accept:
                PublishResult result = _room.Publish(publication, now, out Staged staged);
                input.Complete(result, staged);
                break;
            case InputVerdict.Consume:
                input.Complete(new PublishResult(BackplaneStatus.Ok, _room.Head, false));
                break;
            default:
                input.Complete(new PublishResult(BackplaneStatus.RefusedByLogic, default, false));
                break;
        }
    }
}
