using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms;
using Switchboard.Core.Rooms.Logic;
using Switchboard.Grains.Servers;
using Switchboard.GrainInterfaces.Rooms.Logic;

namespace Switchboard.Grains.Rooms.Logic;

/// <summary>
/// A grain that has the say in a room: it hears who joins and leaves, decides about what members publish, and publishes itself. Derive
/// from it, give the class a <c>[GrainType("arena")]</c>, and name that in <see cref="RoomOptions.Logic"/> of a kind of rooms. Each room of
/// that kind then has one, with the room's name as its key. Its calls, timers included, run one at a time.
/// </summary>
/// <remarks>
/// It lives on the silo of its room, and is there for as long as the room has members: when its silo dies, it comes up on another one
/// within seconds, and is told of every member anew. What it has to remember over that, it keeps in a grain storage.
/// </remarks>
[PreferLocalPlacement]
public abstract partial class RoomLogic : Grain, IRoomLogicGrain
{
    private const int RememberedKeys = 10_000;

    // Presence is right again within this time after a node has died.
    private const long MemberGrace = 15_000;

    private readonly LogicMembers _members = new(MemberGrace);
    private readonly VerdictWindow _verdicts = new(RememberedKeys);
    private readonly ILogger _logger;
    private Epoch _life;
    private long _next;
    private RoomTurn? _lastTurn;
    private RoomTurnAnswer _lastAnswer = RoomTurnAnswer.Missed;

    /// <summary>Made by the silo; services of your own come in by your constructor.</summary>
    protected RoomLogic()
    {
        _logger = ServiceProvider.GetRequiredService<ILogger<RoomLogic>>();
        Clock = ServiceProvider.GetRequiredKeyedService<TimeProvider>(SwitchboardSilo.ClockName);
    }

    /// <summary>The room, to publish to.</summary>
    protected ServerRoom Room => GrainFactory.GetSwitchboard().Room(this.GetPrimaryKeyString());

    /// <summary>The clock of the silo, which a test may move on; the timers of grains go by the same.</summary>
    protected TimeProvider Clock { get; }

    /// <summary>Who is in the room, one for each connection; those in their grace period, too.</summary>
    protected IReadOnlyCollection<PresenceMember> Members => _members.All;

    async ValueTask<RoomTurnAnswer> IRoomLogicGrain.TakeTurnAsync(RoomTurn turn)
    {
        if (_lastTurn is { } last && last.Life == turn.Life && last.First == turn.First && last.Notices.Length == turn.Notices.Length
            && turn.Notices.Length > 0)
        {
            return _lastAnswer;
        }

        bool isNext = turn.Life == _life && turn.First == _next;
        bool isLate = turn.Life == _life && turn.First < _next;
        if (isLate || (!isNext && turn.Members is null))
        {
            return RoomTurnAnswer.Missed;
        }

        long now = Clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (PresenceMember member in turn.Members is { } members ? _members.Reset(members, now) : [])
        {
            Try(() => OnJoined(member));
        }

        foreach (PresenceMember member in _members.DropMissing(now))
        {
            Try(() => OnLeft(member));
        }

        List<InputVerdict> verdicts = [];
        foreach (RoomNotice notice in turn.Notices)
        {
            Take(notice, verdicts);
        }

        _life = turn.Life;
        _next = turn.First + turn.Notices.Length;
        _lastTurn = turn;
        _lastAnswer = new RoomTurnAnswer { NeedsMembers = false, Verdicts = [.. verdicts] };
        if (turn.Notices.Length > 0 || turn.Members is not null)
        {
            await OnTurnAsync();
        }

        return _lastAnswer;
    }

    /// <summary>Somebody is in the room: has joined, or was there before this grain came up.</summary>
    protected virtual void OnJoined(PresenceMember member)
    {
    }

    /// <summary>Somebody is in the room no more, also after a crash.</summary>
    protected virtual void OnLeft(PresenceMember member)
    {
    }

    /// <summary>
    /// Decides about a message. Messages come in the order in which the room took them, each once: one that a client sends again with
    /// the same key has the same verdict. One that throws is refused, and logged.
    /// </summary>
    protected abstract InputVerdict OnInput(RoomInput input);

    /// <summary>After a batch of messages, joins and leaves: the place to publish what follows from them.</summary>
    protected virtual ValueTask OnTurnAsync() => default;

    private void Take(RoomNotice notice, List<InputVerdict> verdicts)
    {
        switch (notice)
        {
            case { Input: { Sender: { } sender } publication }:
                if (!_verdicts.TryFind(publication, out InputVerdict verdict))
                {
                    verdict = InputVerdict.Refuse;
                    Try(() => verdict = OnInput(new RoomInput(
                        sender.User, sender.Connection, publication.Payload, publication.PayloadKind)));
                    _verdicts.Add(publication, verdict);
                }

                verdicts.Add(verdict);
                break;
            case { Kind: NoticeKind.Joined, Member: { } member } when _members.Join(member):
                Try(() => OnJoined(member));
                break;
            case { Kind: NoticeKind.Left, Member: { } member } when _members.Leave(member.Connection):
                Try(() => OnLeft(member));
                break;
        }
    }

    // Whoever wrote the logic hears of it; the room goes on, and one message that it can't take does not come again and again.
    private void Try(Action act)
    {
        try
        {
            act();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogFailed(_logger, this.GetPrimaryKeyString(), exception);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The logic of room {Room} failed")]
    private static partial void LogFailed(ILogger logger, string room, Exception exception);
}
