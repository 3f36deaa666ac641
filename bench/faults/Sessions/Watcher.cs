using System.Diagnostics;
using System.Text.Json;
using Switchboard.Faults.Presence;
using Switchboard.Faults.Protocol;
using Switchboard.Load;

namespace Switchboard.Faults.Sessions;

/// <summary>Sits in many rooms, asks to be told of their members, and notes who leaves. It never resumes: what it
/// missed shows in the next snapshot.</summary>
internal sealed class Watcher(RunContext context, string user, int edge, IEnumerable<int> rooms, LeaveBook book)
    : Session(context, user, edge)
{
    private static readonly long _askAgainAfter = Stopwatch.Frequency;

    private readonly Dictionary<int, Roster> _rosters = rooms.ToDictionary(room => room, _ => new Roster(book));
    private readonly HashSet<int> _joined = [];
    private long _askedAt;

    /// <summary>Whether it is told of everybody in each of its rooms.</summary>
    public bool IsCurrent => IsReady && _rosters.Values.All(roster => roster.IsCurrent);

    /// <summary>Who is in <paramref name="room"/>; null where another one watches it.</summary>
    public Roster? RosterOf(int room) => _rosters.GetValueOrDefault(room);

    protected override void SendConnect() => Send(Commands.Connect(NextId()));

    protected override void OnEvent(in ServerEvent read, ReadOnlySpan<byte> message, long receivedAt)
    {
        switch (read.Type)
        {
            case EventType.Welcome:
                foreach (var room in _rosters.Keys)
                {
                    Send(Commands.Watch(NextId(), Context.Rooms[room]));
                }

                break;
            case EventType.Joined:
                using (var joined = ServerEvent.Whole(message))
                {
                    _joined.Add(read.Room);
                    Take(read.Room, joined.RootElement.GetProperty("presence"), receivedAt);
                }

                if (_joined.Count == _rosters.Count)
                {
                    SetReady();
                }

                break;
            case EventType.Presence:
                using (var presence = ServerEvent.Whole(message))
                {
                    Take(read.Room, presence.RootElement, receivedAt);
                }

                break;
            case EventType.PresenceChange:
                using (var change = ServerEvent.Whole(message))
                {
                    _rosters[read.Room].Apply(change.RootElement, receivedAt);
                }

                break;
            case EventType.Error:
                OnError(message);
                break;
        }
    }

    protected override bool OnDropped()
    {
        _joined.Clear();
        foreach (var roster in _rosters.Values)
        {
            roster.Forget();
        }

        return true;
    }

    protected override void OnTick(long now)
    {
        if (!IsReady || now - _askedAt < _askAgainAfter)
        {
            return;
        }

        _askedAt = now;
        foreach (var (room, roster) in _rosters)
        {
            if (!roster.IsCurrent)
            {
                Send(Commands.Presence(NextId(), Context.Rooms[room]));
            }
        }
    }

    private void Take(int room, JsonElement snapshot, long now)
    {
        if (snapshot.GetProperty("mode").GetString() != "full")
        {
            throw new LoadException("--watch needs rooms with full presence, but they only count");
        }

        _rosters[room].Take(snapshot, now);
    }

    private void OnError(ReadOnlySpan<byte> message)
    {
        using var error = ServerEvent.Whole(message);
        var code = error.RootElement.GetProperty("code").GetString()!;
        Context.Tally.Passing.Add($"watcher {code}");
        if (!IsReady)
        {
            GiveUp($"watcher refused: {code}");
        }
    }
}
