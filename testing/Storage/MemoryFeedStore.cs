using Switchboard.Core.Feeds;
using Switchboard.Core.Storage;

namespace Switchboard.Testing.Storage;

/// <summary>
/// The feeds of durable rooms in memory, which every silo of a cluster shares and which outlives all of them. It goes
/// wrong when it is told to.
/// </summary>
/// <param name="time">The clock of retention.</param>
public sealed class MemoryFeedStore(TimeProvider time) : IFeedStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<FeedId, KeptFeed> _feeds = [];
    private readonly Queue<StoreFault> _faults = new();
    private volatile bool _isUnavailable;
    private long _delay;
    private int _appends;

    /// <summary>With the clock of the machine.</summary>
    public MemoryFeedStore()
        : this(TimeProvider.System)
    {
    }

    /// <summary>While true, every call is answered with <see cref="StoreStatus.Unavailable"/>, and nothing is done.</summary>
    public bool IsUnavailable
    {
        get => _isUnavailable;
        set => _isUnavailable = value;
    }

    /// <summary>How long every call takes; zero at first.</summary>
    public TimeSpan Delay
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _delay));
        set => Interlocked.Exchange(ref _delay, value.Ticks);
    }

    /// <summary>How many appends were done.</summary>
    public int AppendCount => Volatile.Read(ref _appends);

    /// <summary>How many of the faults that were asked for have not happened yet.</summary>
    public int FaultsLeft
    {
        get
        {
            lock (_lock)
            {
                return _faults.Count;
            }
        }
    }

    /// <summary>The next appends go wrong, each in this way, after those that were asked for before.</summary>
    public void FailNext(StoreFault fault, int count = 1)
    {
        lock (_lock)
        {
            for (int i = 0; i < count; i++)
            {
                _faults.Enqueue(fault);
            }
        }
    }

    /// <summary>A feed as it is kept; null where there is none.</summary>
    public StoredFeed? Find(FeedId feed)
    {
        lock (_lock)
        {
            return _feeds.TryGetValue(feed, out KeptFeed? kept) ? kept.Read(after: 0) : null;
        }
    }

    /// <summary>Forgets a feed, as a database does that was set back: when it is loaded next, it begins anew.</summary>
    public void Forget(FeedId feed)
    {
        lock (_lock)
        {
            _feeds.Remove(feed);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<LoadResult> LoadAsync(
        FeedId feed, Epoch begin, FeedOptions retention, long after, CancellationToken cancel)
    {
        await WaitAsync(cancel);
        lock (_lock)
        {
            if (_isUnavailable)
            {
                return new LoadResult(StoreStatus.Unavailable, null);
            }

            if (!_feeds.TryGetValue(feed, out KeptFeed? kept))
            {
                _feeds[feed] = kept = new KeptFeed(begin);
            }

            kept.Retain(retention, time.GetUtcNow().ToUnixTimeMilliseconds());
            return new LoadResult(StoreStatus.Ok, kept.Read(after));
        }
    }

    /// <inheritdoc/>
    public async ValueTask<StoreStatus> AppendAsync(FeedAppend append, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(append);
        await WaitAsync(cancel);
        lock (_lock)
        {
            if (_isUnavailable)
            {
                return StoreStatus.Unavailable;
            }

            StoreFault? fault = _faults.TryDequeue(out StoreFault next) ? next : null;
            return fault switch
            {
                StoreFault.Lost => StoreStatus.Unavailable,
                StoreFault.Conflict => StoreStatus.Conflict,
                StoreFault.Unanswered => Append(append) == StoreStatus.Ok ? StoreStatus.Unavailable : StoreStatus.Conflict,
                _ => Append(append),
            };
        }
    }

    private StoreStatus Append(FeedAppend append)
    {
        if (!_feeds.TryGetValue(append.Feed, out KeptFeed? kept) || !kept.TryAppend(append))
        {
            return StoreStatus.Conflict;
        }

        Interlocked.Increment(ref _appends);
        return StoreStatus.Ok;
    }

    private Task WaitAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Delay > TimeSpan.Zero ? Task.Delay(Delay, time, cancel) : Task.CompletedTask;
    }
}
