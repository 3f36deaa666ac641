using System.Diagnostics;
using Switchboard.Faults.Presence;
using Switchboard.Faults.Reporting;
using Switchboard.Faults.Sessions;
using Switchboard.Faults.Verifying;
using Switchboard.Load;

namespace Switchboard.Faults;

/// <summary>All sessions of a run, and the rooms in which they are.</summary>
internal sealed class Crew : IDisposable
{
    private const int MaxUnderWay = 64;
    private static readonly long _interval = Stopwatch.Frequency / 50;

    private readonly List<Session> _sessions = [];
    private readonly List<Member> _members = [];
    private readonly List<Watcher> _watchers = [];
    private readonly LeaveBook _leaves = new();
    private readonly int _abandoned;
    private long _tickAt;
    private int _opened;

    public Crew(FaultOptions options, RunContext context)
    {
        Clocks = [.. Enumerable.Range(0, options.Rooms).Select(_ => new RoomClock())];
        Rooms = [.. Enumerable.Range(0, options.Rooms)
            .Select(room => new RoomVerifier(context.Rooms[room], context.Findings))];
        _abandoned = options.Abandoned;
        var toAbandon = options.Abandoned;
        for (var i = 0; i < options.Connections; i++)
        {
            // The members of a room are on all edges, and so are the first members of all rooms.
            var room = i % options.Rooms;
            var edge = ((i / options.Rooms) + room) % context.Edges.Count;
            var abandons = edge == 0 && toAbandon > 0;
            toAbandon -= abandons ? 1 : 0;
            _members.Add(new Member(context, $"{context.Rooms.Run}-{i}", edge, room, Rooms[room], Clocks[room])
            {
                Abandons = abandons ? _leaves : null,
            });
        }

        if (toAbandon > 0)
        {
            throw new LoadException(
                $"--abandon {options.Abandoned}, but the first edge has {options.Abandoned - toAbandon} members");
        }

        for (var i = 0; i < options.Watchers; i++)
        {
            var rooms = Enumerable.Range(0, options.Rooms).Where(room => room % options.Watchers == i);
            var edge = context.Edges.Count == 1 ? 0 : 1 + (i % (context.Edges.Count - 1));
            _watchers.Add(new Watcher(context, $"{context.Rooms.Run}-watcher-{i}", edge, rooms, _leaves));
        }

        // Watchers come last, so that they find everybody.
        _sessions.AddRange(_members);
        _sessions.AddRange(_watchers);
    }

    public IReadOnlyList<Member> Members => _members;

    public IReadOnlyList<RoomVerifier> Rooms { get; }

    public IReadOnlyList<RoomClock> Clocks { get; }

    public int Ready => _sessions.Count(session => session.IsReady);

    public int Count => _sessions.Count(session => !session.IsOver);

    public long Unacknowledged => _members.Sum(member => (long)member.Unacknowledged);

    /// <summary>Whether everybody is in their room, with nothing left to come.</summary>
    public bool IsSettled() =>
        Unacknowledged == 0 && Ready == Count && _leaves.NeverLeft == 0
        && _watchers.All(watcher => watcher.IsCurrent) && Rooms.All(room => room.IsSettled());

    /// <summary>Lets the sessions do what the clock asks for. Opens them a few at a time.</summary>
    public void Tick(long now)
    {
        if (now < _tickAt)
        {
            return;
        }

        _tickAt = now + _interval;
        if (_opened < _sessions.Count)
        {
            _opened = Math.Min(_sessions.Count, Ready + MaxUnderWay);
        }

        for (var i = 0; i < _opened; i++)
        {
            _sessions[i].Tick(now);
        }
    }

    /// <summary>Members that are not in their room, though they were to come back.</summary>
    public int NotBack() => _members.Count(member => !member.IsOver && !member.IsReady);

    /// <summary>What the watchers saw; null without watchers.</summary>
    public PresenceReport? Presence()
    {
        if (_watchers.Count == 0)
        {
            return null;
        }

        var there = _members.Where(member => member.IsReady).ToList();
        return new PresenceReport(
            _abandoned,
            _leaves.Dropped,
            _leaves.NeverLeft,
            Math.Round(_leaves.Longest.TotalSeconds, 1),
            there.Count(member => _leaves.HasLeft(member.Connection!)),
            there.Count(member => !IsListed(member)),
            _watchers.Count(watcher => !watcher.IsCurrent));
    }

    public void Close() => _sessions.ForEach(session => session.Close());

    public void Dispose() => _sessions.ForEach(session => session.Dispose());

    private bool IsListed(Member member) =>
        _watchers.Any(watcher => watcher.RosterOf(member.Room)?.Has(member.Connection!) == true);
}
