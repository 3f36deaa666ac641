using Switchboard.Core.Storage;

namespace Switchboard.Core.Feeds;

/// <summary>The idempotency keys that a feed remembers, by the user that sent them; null is the server itself.</summary>
internal sealed class KeyWindow(long window, int maxCount)
{
    private readonly Dictionary<(string? User, string Key), long> _offsets = [];
    private readonly Queue<(string? User, string Key, long Seen)> _order = new();
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
        if (_order.Count == maxCount)
        {
            ForgetOldest();
        }

        _offsets.Add((user, key), offset);
        _order.Enqueue((user, key, now));
        _newest = now;
    }

    /// <summary>Forgets what has expired; true when nothing is left.</summary>
    public bool IsEmptyAt(long now)
    {
        Trim(now);
        return _order.Count == 0;
    }

    /// <summary>The keys, oldest first.</summary>
    public IReadOnlyList<StoredKey> Save() =>
        [.. _order.Select(seen => new StoredKey(seen.User, seen.Key, _offsets[(seen.User, seen.Key)], seen.Seen))];

    private void Trim(long now)
    {
        while (_order.TryPeek(out var oldest) && now - oldest.Seen >= window)
        {
            ForgetOldest();
        }
    }

    private void ForgetOldest()
    {
        (string? user, string key, _) = _order.Dequeue();
        _offsets.Remove((user, key));
    }
}
