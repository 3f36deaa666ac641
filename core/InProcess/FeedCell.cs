using Switchboard.Core.Feeds;

namespace Switchboard.Core.InProcess;

/// <summary>
/// One object of the rules with its lock, which is the cell itself, and the pump of its feed. Two cells are never
/// locked at once. The pump runs on the thread pool, at most once at a time; whatever was scheduled while it ran, it
/// sees before it stops.
/// </summary>
internal abstract class FeedCell(Fanout fanout) : IThreadPoolWorkItem
{
    // Then others have their turn.
    private const int BatchesPerRun = 8;

    private long _upkeepAt = long.MaxValue;
    private bool _pumping;

    /// <summary>True once the cell is no longer in its directory; whoever finds it looks again. Under the lock.</summary>
    public bool IsDropped { get; set; }

    public abstract FeedOwner Owner { get; }

    /// <summary>
    /// After every change, under the lock: notes when upkeep is due. True where the caller, outside of the lock, has
    /// to call <see cref="StartPump"/>.
    /// </summary>
    public bool Settle()
    {
        if (Owner.UpkeepAt is { } at && at < _upkeepAt)
        {
            _upkeepAt = at;
            fanout.Deadlines.Add(this, at);
        }

        if (_pumping || !Owner.HasWork)
        {
            return false;
        }

        _pumping = true;
        return true;
    }

    public void StartPump()
    {
        fanout.Started();
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Under the lock: true where the deadline holds, and the object has expired.</summary>
    public bool Expires(long at, long now)
    {
        if (at != _upkeepAt || IsDropped)
        {
            return false;
        }

        _upkeepAt = long.MaxValue;
        return Owner.Upkeep(now);
    }

    void IThreadPoolWorkItem.Execute()
    {
        for (int batches = 0; batches < BatchesPerRun; batches++)
        {
            if (!TryPump())
            {
                fanout.Finished();
                return;
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private bool TryPump()
    {
        EdgeOutbox? outbox;
        EdgeBatch batch;
        lock (this)
        {
            Owner.Flush();
            outbox = Owner.FindOutbox(Fanout.Edge);
            if (fanout.IsStopped || outbox is null || !outbox.TryTake(out batch))
            {
                _pumping = false;
                return false;
            }
        }

        fanout.Deliver(Owner, batch);
        lock (this)
        {
            outbox.Complete();
        }

        return true;
    }
}
