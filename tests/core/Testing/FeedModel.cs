using Switchboard.Core.Feeds;

namespace Switchboard.Core.Tests.Testing;

/// <summary>
/// A feed that remembers everything that was ever appended and finds every answer by looking through all of it.
/// </summary>
internal sealed class FeedModel(FeedOptions options)
{
    private readonly List<Kept> _all = [];
    private readonly List<(string? User, string Key, long Offset, long Seen)> _keys = [];
    private long _now;

    public long Head { get; private set; }

    /// <summary>True once more slots lost their entry than a feed is allowed to remember.</summary>
    public bool MayBeImprecise { get; private set; }

    public IEnumerable<FeedEntry> History => _all.Where(kept => kept.Held).Select(kept => kept.Entry);

    public (long Offset, bool Duplicate) Append(in Publication publication, long now)
    {
        Expire(now);
        string? user = publication.Sender?.User.Value;
        if (publication.Key is { } key)
        {
            int known = _keys.FindIndex(seen => seen.User == user && seen.Key == key);
            if (known >= 0)
            {
                return (_keys[known].Offset, true);
            }

            _keys.Add((user, key, Head + 1, now));
            if (_keys.Count > options.MaxKeys)
            {
                _keys.RemoveAt(0);
            }
        }

        if (publication.Class != DeliveryClass.Volatile)
        {
            Head++;
            Keep(publication);
        }

        return (Head, false);
    }

    public void Expire(long now)
    {
        _now = now;
        _keys.RemoveAll(seen => now - seen.Seen >= options.IdempotencyWindow.TotalMilliseconds);
        foreach (Kept kept in _all.Where(kept => now - kept.Entry.Timestamp >= options.MaxAge.TotalMilliseconds))
        {
            kept.Held = false;
        }

        CountDroppedSlots();
    }

    /// <summary>Whether everything after an offset that was not superseded is still there.</summary>
    public bool CanRecover(long after) =>
        _all.Where(kept => kept.Entry.Offset > after).All(kept => kept.Held || kept.Superseded);

    private void Keep(in Publication publication)
    {
        string? slot = publication.Slot;
        foreach (Kept older in _all.Where(kept => slot is not null && kept.Entry.Slot == slot))
        {
            older.Superseded = true;
            older.Held = false;
        }

        _all.Add(new Kept(new FeedEntry
        {
            Offset = Head,
            Timestamp = _now,
            Payload = publication.Payload,
            PayloadKind = publication.PayloadKind,
            Class = publication.Class,
            Slot = slot,
            Sender = publication.Sender,
            ExceptSender = publication.ExceptSender,
        }));
        if (_all.Count(kept => kept.Held && kept.Entry.Slot is not null) > options.MaxSlots)
        {
            _all.First(kept => kept.Held && kept.Entry.Slot is not null).Held = false;
        }

        while (History.Count() > options.MaxCount || History.Sum(entry => entry.Payload.Length) > options.MaxBytes)
        {
            _all.First(kept => kept.Held).Held = false;
        }

        CountDroppedSlots();
    }

    private void CountDroppedSlots() =>
        MayBeImprecise |= _all.Count(kept => !kept.Held && !kept.Superseded && kept.Entry.Slot is not null)
            > options.MaxSlots;

    private sealed class Kept(FeedEntry entry)
    {
        public FeedEntry Entry { get; } = entry;

        public bool Held { get; set; } = true;

        public bool Superseded { get; set; }
    }
}
