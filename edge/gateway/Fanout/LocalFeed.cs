using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms;
using Switchboard.Gateway.Limits;
using Switchboard.Protocol.Envelope;

namespace Switchboard.Gateway.Fanout;

/// <summary>The members that a feed has on this edge, and the fan-out to them.</summary>
internal sealed class LocalFeed(FeedId id)
{
    // A delivery to a large room lets others in between slices of this many members.
    private const int Slice = 256;

    private readonly Lock _gate = new();
    private FeedMember?[] _members = new FeedMember?[1];
    private List<EncodedBatch>? _batches;
    private int _end;
    private int _count;
    private int _visiting;
    private bool _closed;

    /// <summary>What clients of this edge have published to the feed lately. Any thread.</summary>
    public Traffic Traffic;

    public FeedId Id => id;

    /// <summary>How many members there were a moment ago.</summary>
    public int MemberCount => Volatile.Read(ref _count);

    /// <summary>Adds a member that begins to hold back deliveries; false when the feed was just given up.</summary>
    public bool TryAdd(FeedMember member)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            if (_end == _members.Length)
            {
                MakeRoom();
            }

            member.Index = _end;
            _members[_end++] = member;
            _count++;
            return true;
        }
    }

    /// <summary>Removes a member; true when it was the last one, and the feed is given up.</summary>
    public bool Remove(FeedMember member)
    {
        lock (_gate)
        {
            if (member.State == MemberState.Gone)
            {
                return false;
            }

            member.Leave();
            _members[member.Index] = null;
            _closed = --_count == 0;
            return _closed;
        }
    }

    /// <summary>Lets a member receive: what it missed, what was held back for it meanwhile, then everything.</summary>
    public void GoLive(FeedMember member, in Recovery recovery, PresenceSnapshot? presence)
    {
        lock (_gate)
        {
            if (member.State == MemberState.Joining)
            {
                member.GoLive(recovery, presence);
            }
        }
    }

    /// <summary>Lets a member tell what it lost.</summary>
    public void TellLoss(FeedMember member)
    {
        lock (_gate)
        {
            member.TellLoss();
        }
    }

    /// <summary>Gives each member the entries. Called one at a time.</summary>
    public void Deliver(IReadOnlyList<FeedEntry> entries)
    {
        bool excepts = false;
        for (int i = 0; i < entries.Count; i++)
        {
            excepts |= entries[i].ExceptSender;
        }

        try
        {
            ForEachMember((feed: this, entries, excepts), static (member, call) =>
            {
                if (member.State == MemberState.Joining)
                {
                    member.Hold(call.entries);
                }
                else
                {
                    member.Deliver(call.feed.BatchFor(member.Codec, call.entries), call.entries, call.excepts);
                }
            });
        }
        finally
        {
            // After a failure too: what is left in them would be sent in place of the next entries.
            foreach (EncodedBatch batch in _batches ?? [])
            {
                batch.Dispose();
            }
        }
    }

    public void Lose(Position now) =>
        ForEachMember(now, static (member, now) => member.Lose(now));

    public void ChangePresence(PresenceChange change) =>
        ForEachMember(change, static (member, change) => member.ChangePresence(change));

    private void ForEachMember<TCall>(TCall call, Action<FeedMember, TCall> action)
    {
        int from = 0;
        bool more = true;
        lock (_gate)
        {
            _visiting++;
        }

        try
        {
            while (more)
            {
                lock (_gate)
                {
                    // A member that is added behind our back has joined after these entries: it does not need them.
                    int to = Math.Min(from + Slice, _end);
                    for (; from < to; from++)
                    {
                        if (_members[from] is { } member)
                        {
                            action(member, call);
                        }
                    }

                    more = from < _end;
                }
            }
        }
        finally
        {
            lock (_gate)
            {
                _visiting--;
            }
        }
    }

    private EncodedBatch BatchFor(IEnvelopeCodec codec, IReadOnlyList<FeedEntry> entries)
    {
        foreach (EncodedBatch known in _batches ??= [])
        {
            if (known.Codec == codec)
            {
                known.EncodeOnce(entries);
                return known;
            }
        }

        EncodedBatch batch = new(codec, id);
        _batches.Add(batch);
        batch.EncodeOnce(entries);
        return batch;
    }

    // Members keep their places while some are being visited: one that moved to the front would be passed over.
    private void MakeRoom()
    {
        bool compact = _visiting == 0 && _count * 2 <= _members.Length;
        FeedMember?[] members = compact ? _members : new FeedMember?[_members.Length * 2];
        int end = 0;
        for (int i = 0; i < _end; i++)
        {
            FeedMember? member = _members[i];
            if (member is not null || _visiting != 0)
            {
                member?.Index = end;
                members[end++] = member;
            }
        }

        Array.Clear(members, end, members.Length - end);
        (_members, _end) = (members, end);
    }
}
