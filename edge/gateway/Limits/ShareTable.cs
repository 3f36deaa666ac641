using System.Collections.Concurrent;

namespace Switchboard.Gateway.Limits;

/// <summary>
/// The shares of all addresses, or of all users, that have done something lately. Bounded: when it is full, whoever is not
/// in it has one share together with all the others who are not.
/// </summary>
internal sealed class ShareTable<TKey>(ShareLimits limits, int most)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Share> _shares = new();
    private readonly Share _crowd = new(limits);
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>The share of a key, held until it is released.</summary>
    public Share Hold(TKey key)
    {
        while (true)
        {
            if (!_shares.TryGetValue(key, out Share? share))
            {
                if (Interlocked.Increment(ref _count) > most)
                {
                    Interlocked.Decrement(ref _count);
                    share = _crowd;
                }
                else
                {
                    Share fresh = new(limits);
                    share = _shares.GetOrAdd(key, fresh);
                    if (!ReferenceEquals(share, fresh))
                    {
                        Interlocked.Decrement(ref _count);
                    }
                }
            }

            if (share.TryHold())
            {
                return share;
            }

            // The sweep dropped it this moment, and takes it out of the table.
            Remove(key, share);
        }
    }

    /// <summary>Forgets all that nobody holds and that have nothing to remember.</summary>
    public void Sweep(long now)
    {
        foreach ((TKey key, Share share) in _shares)
        {
            if (share.TryDrop(now))
            {
                Remove(key, share);
            }
        }
    }

    private void Remove(TKey key, Share share)
    {
        if (_shares.TryRemove(KeyValuePair.Create(key, share)))
        {
            Interlocked.Decrement(ref _count);
        }
    }
}
