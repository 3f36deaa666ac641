using System.Runtime.InteropServices;
using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Rooms;

/// <summary>
/// Counts the changes of a room's presence, and coalesces them between two flushes. While nobody watches, nothing is
/// coalesced.
/// </summary>
internal sealed class RoomPresence(PresenceMode mode)
{
    private Dictionary<ConnectionId, Pending>? _pending;
    private PresenceMember[]? _members;
    private long _flushed;
    private long _shown;
    private int _count;
    private int _flushedCount;
    private bool _renewed;

    public long Version { get; private set; }

    /// <summary>
    /// Goes on from a version. A room that came up anew begins above all versions that it may have had, so that
    /// receivers see that they have missed something.
    /// </summary>
    public void Restore(long version)
    {
        Version = version;
        _shown = version;
        Forget();
    }

    /// <summary>True when a flush would yield a change.</summary>
    public bool HasChange => mode switch
    {
        not PresenceMode.Off when _renewed => true,
        PresenceMode.Full => _pending is { Count: > 0 },
        // A snapshot since the last flush may show another count than that flush did.
        PresenceMode.Count => Version != _flushed && (_count != _flushedCount || _shown > _flushed),
        _ => false,
    };

    /// <summary>
    /// Somebody watches who may have missed changes: the next flush yields one in any case, so that they see it by its
    /// version.
    /// </summary>
    public void Renew()
    {
        Version++;
        _renewed = true;
    }

    public void Joined(PresenceMember member, bool watched)
    {
        _count++;
        if (Advance(watched))
        {
            ref Pending pending = ref Of(member.Connection);
            pending.Now = member;
            pending.JoinedAt = Version;
        }
    }

    public void Left(ConnectionId connection, bool watched)
    {
        _count--;
        if (!Advance(watched))
        {
            return;
        }

        ref Pending pending = ref Of(connection);

        // Whoever nobody has been told of need not be told of at all.
        pending.Left |= pending.JoinedAt == 0 || pending.JoinedAt <= _shown;
        pending.Now = null;
        pending.JoinedAt = 0;
        if (!pending.Left)
        {
            _pending!.Remove(connection);
        }
    }

    public void Updated(PresenceMember member, bool watched)
    {
        if (Advance(watched))
        {
            Of(member.Connection).Now = member;
        }
    }

    public PresenceSnapshot Snapshot(IEnumerable<RoomMember> members)
    {
        // Kept while nothing changes: after an outage many ask for the same.
        _members ??= mode == PresenceMode.Full ? [.. members.Select(static member => member.Shown)] : [];
        _shown = Version;
        return new PresenceSnapshot(mode, Version, _count, _members);
    }

    /// <summary>The last watcher is gone: what was coalesced is for nobody.</summary>
    public void Forget()
    {
        _pending = null;
        _renewed = false;
        _flushed = Version;
        _flushedCount = _count;
    }

    /// <summary>What changed since the last flush; only where <see cref="HasChange"/>.</summary>
    public PresenceChange Flush()
    {
        List<PresenceMember>? joined = null;
        List<PresenceMember>? updated = null;
        List<ConnectionId>? left = null;
        if (_pending is not null)
        {
            foreach ((ConnectionId connection, Pending pending) in _pending)
            {
                if (pending.Left)
                {
                    (left ??= []).Add(connection);
                }

                if (pending.Now is { } member)
                {
                    (pending.JoinedAt > 0 ? joined ??= [] : updated ??= []).Add(member);
                }
            }
        }

        var change = new PresenceChange(
            mode,
            _flushed,
            Version,
            _count,
            joined is null ? [] : joined,
            left is null ? [] : left,
            updated is null ? [] : updated);
        Forget();
        return change;
    }

    // True where the change is to be coalesced by connection.
    private bool Advance(bool watched)
    {
        Version++;
        _members = null;
        if (!watched)
        {
            Forget();
        }

        return watched && mode == PresenceMode.Full;
    }

    private ref Pending Of(ConnectionId connection)
    {
        _pending ??= [];
        return ref CollectionsMarshal.GetValueRefOrAddDefault(_pending, connection, out _)!;
    }

    /// <summary>What is to be told of one connection.</summary>
    private struct Pending
    {
        /// <summary>What it shows now; null when it is gone.</summary>
        public PresenceMember? Now;

        /// <summary>The version in which it joined since the last flush; 0 when it was there before.</summary>
        public long JoinedAt;

        /// <summary>That it left since the last flush has to be told.</summary>
        public bool Left;
    }
}
