using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;

namespace Switchboard.Contract.Harness;

/// <summary>
/// One connection as a receiver of one feed, as an edge keeps it: what is delivered before the join is answered is held
/// back, and of that what the answer covers is passed over. Writes down all that it receives.
/// </summary>
public sealed class FeedReceiver
{
    private readonly Lock _gate = new();
    private readonly Action<string> _onViolation;
    private readonly List<FeedEntry> _entries = [];
    private readonly List<Position> _losses = [];
    private readonly List<(Func<bool> IsMet, TaskCompletionSource Signal)> _waiters = [];
    private readonly PresenceView _presence = new();
    private List<Action>? _held = [];
    private ConnectionId _self;
    private Position _from;
    private Position _position;
    private int _next;
    private bool _watches;
    private bool _gone;

    internal FeedReceiver(FeedId feed, Action<string> onViolation)
    {
        Feed = feed;
        _onViolation = onViolation;
    }

    /// <summary>The feed.</summary>
    public FeedId Feed { get; }

    /// <summary>What a client would resume from.</summary>
    public Position Position => Read(() => _position);

    /// <summary>What the backplane said where it begins to receive.</summary>
    public Recovery Start { get; private set; }

    /// <summary>All entries so far, recovered ones first.</summary>
    public FeedEntry[] Entries => Read(() => _entries.ToArray());

    /// <summary>The same as texts.</summary>
    public string[] Texts => Entries.Texts();

    /// <summary>Notices of loss so far.</summary>
    public Position[] Losses => Read(() => _losses.ToArray());

    /// <summary>Reads what is known of the room's presence.</summary>
    public T Presence<T>(Func<PresenceView, T> read) => Read(() => read(_presence));

    /// <summary>The next entry that was not taken yet.</summary>
    public async Task<FeedEntry> NextAsync(string phase)
    {
        await WaitAsync(() => _entries.Count > _next, phase);
        return Read(() => _entries[_next++]);
    }

    /// <summary>All texts so far, once there are this many.</summary>
    public async Task<string[]> CountAsync(int count, string phase)
    {
        await WaitAsync(() => _entries.Count >= count, phase);
        return Texts;
    }

    /// <summary>All texts from the first one to the marker, once that has arrived.</summary>
    public async Task<string[]> ThroughAsync(string marker, string phase = "marker")
    {
        int found = -1;
        await WaitAsync(() => (found = _entries.FindIndex(entry => entry.Text() == marker)) >= 0, phase);
        return Texts[..(found + 1)];
    }

    /// <summary>Waits until what is known of the presence is as it should be, or is known to be behind.</summary>
    public Task PresenceAsync(Func<PresenceView, bool> isMet, string phase) =>
        WaitAsync(() => _presence.IsBehind || isMet(_presence), phase);

    internal void Deliver(Epoch epoch, FeedEntry[] entries) => Now(() =>
    {
        if (epoch != _position.Epoch)
        {
            Violate($"entries of epoch {epoch} without a notice after {_position}");
        }

        foreach (FeedEntry entry in entries)
        {
            if (entry.Offset == 0 || entry.Offset > _from.Offset)
            {
                Receive(entry);
            }
        }
    });

    internal void Lose(Position now) => Now(() =>
    {
        if (now.Epoch != _from.Epoch || now.Offset > _from.Offset)
        {
            (_from, _position) = (now, now);
            _losses.Add(now);
        }
    });

    internal void Change(PresenceChange change) => Now(() =>
    {
        if (_watches)
        {
            _presence.Apply(change);
        }
    });

    internal void Refresh(PresenceSnapshot snapshot) => Now(() => _presence.Replace(snapshot));

    internal void GoLive(
        ConnectionId self, Position? asked, in Recovery recovery, bool watches, PresenceSnapshot? shown)
    {
        lock (_gate)
        {
            Start = recovery;
            _self = self;
            _watches = watches;
            _from = recovery.Head;
            _position = recovery.Outcome == RecoveryOutcome.Recovered ? asked!.Value : recovery.Head;
            if (shown is not null)
            {
                _presence.Replace(shown);
            }

            foreach (FeedEntry entry in recovery.Missed)
            {
                if (entry.Offset > recovery.Head.Offset)
                {
                    Violate($"{entry.Offset} was recovered beyond the head {recovery.Head}");
                }

                Receive(entry);
            }

            List<Action> held = _held!;
            _held = null;
            held.ForEach(action => action());
            Signal();
        }
    }

    internal void Stop()
    {
        lock (_gate)
        {
            _gone = true;
        }
    }

    // A receiver that has asked for the feed but has no answer yet holds everything back.
    private void Now(Action action)
    {
        lock (_gate)
        {
            if (_gone)
            {
                return;
            }

            if (_held is not null)
            {
                _held.Add(action);
                return;
            }

            action();
            Signal();
        }
    }

    private void Receive(FeedEntry entry)
    {
        if (entry.ExceptSender && entry.Sender?.Connection == _self)
        {
            return;
        }

        _entries.Add(entry);
        if (entry.Offset == 0)
        {
            return;
        }

        if (entry.Offset <= _position.Offset)
        {
            Violate($"{entry.Offset} came after {_position.Offset}");
        }

        _position = _position with { Offset = entry.Offset };
    }

    private void Signal() =>
        _waiters.RemoveAll(static waiter => waiter.IsMet() && waiter.Signal.TrySetResult());

    private async Task WaitAsync(Func<bool> isMet, string phase)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiters.Add((isMet, signal));
            Signal();
        }

        await signal.Task.WithinAsync(() => $"{phase} ({Describe()})");
    }

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    private void Violate(string what) => _onViolation($"{Feed.Kind} {Feed.Owner}: {what}");

    private string Describe() => Read(() =>
        $"{Feed.Kind} {Feed.Owner}, {(_gone ? "stopped" : _held is null ? "live" : "joining")} at {_position.Offset}: "
        + $"{_entries.Count} entries, {_losses.Count} losses, "
        + $"presence {_presence.Version} with {_presence.Count} members");
}
