using Switchboard.Core.Storage;

namespace Switchboard.Core.Feeds;

/// <summary>The idempotency keys that a feed remembers, by the user that sent them; null is the server itself.</summary>
internal sealed class KeyWindow(long window, int maxCount)
{
    private readonly Dictionary<(string? User, string Key), long> _offsets = [];
    private readonly Queue<StoredKey> _order = new();
    private long _newest;

    /// <summary>When the last key is forgotten; null without keys.</summary>
    public long? ExpiresAt => _order.Count == 0 ? null : _newest + window;

    public bool TryFind(string? user, string key, long now, out long offset)
    {
        Trim(now);
        return _offsets.TryGetValue((user, key), out offset);
    }

    public void Add(string? user, string key, long offset, long now)
    {
        Trim(now);

        // Where another writer had more keys to remember, it may have forgotten this one and taken it again.
        _offsets.Remove((user, key));
        while (_offsets.Count >= maxCount)
        {
            ForgetOldest();
        }

        _offsets.Add((user, key), offset);
        _order.Enqueue(new StoredKey(user, key, offset, now));
        _newest = now;
    }

    /// <summary>Forgets what has expired; true when nothing is left.</summary>
    public bool IsEmptyAt(long now)
    {
        Trim(now);
        return _order.Count == 0;
    }

    /// <summary>The keys, oldest first.</summary>
    public IReadOnlyList<StoredKey> Save() => [.. _order.Where(IsNewest)];

    private bool IsNewest(StoredKey key) => _offsets.GetValueOrDefault((key.User, key.Key)) == key.Offset;

    private void Trim(long now)
    {
        while (_order.TryPeek(out StoredKey oldest) && now - oldest.Timestamp >= window)
        {
            ForgetOldest();
        }
    }

    private void ForgetOldest()
    {
        StoredKey oldest = _order.Dequeue();
        if (IsNewest(oldest))
        {
            _offsets.Remove((oldest.User, oldest.Key));
        }
    }
}
