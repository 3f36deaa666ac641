using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;

namespace Switchboard.Core.InProcess;

/// <summary>
/// One object of the rules with its lock, which is the cell itself, and the pump of its feed. Two cells are never
/// locked at once. The pump runs on the thread pool, at most once at a time; whatever was scheduled while it ran, it
/// sees before it stops.
/// </summary>
internal abstract class FeedCell(Fanout fanout) : IThreadPoolWorkItem
{
    private long _upkeepAt = long.MaxValue;
    private TaskCompletionSource? _caughtUp;
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

    /// <summary>
    /// Outside of the lock, after a publish: starts the pump where that is due, and holds the answer up where the
    /// deliveries have to catch up first.
    /// </summary>
    public ValueTask<PublishResult> Answer(bool pump, Task? caughtUp, PublishResult result)
    {
        if (pump)
        {
            StartPump();
        }

        return caughtUp is null ? new(result) : AnswerAfterAsync(caughtUp, result);
    }

    /// <summary>Under the lock, after a publish: what its answer has to wait for; null for nothing.</summary>
    public Task? WaitToCatchUp() =>
        Owner.IsBehind
            ? (_caughtUp ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task
            : null;

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
        // One batch, and then others have their turn: first of all the sockets that it was handed to.
        if (TryPump())
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
        else
        {
            fanout.Finished();
        }
    }

    /// <summary>The same for a message that waits for a commit.</summary>
    public async ValueTask<PublishResult> AnswerAsync(Staged staged)
    {
        await staged.Commit!.Completion;
        Task? caughtUp;
        lock (this)
        {
            caughtUp = WaitToCatchUp();
        }

        if (caughtUp is not null)
        {
            await caughtUp;
        }

        return staged.Result;
    }

    private static async ValueTask<PublishResult> AnswerAfterAsync(Task caughtUp, PublishResult result)
    {
        await caughtUp;
        return result;
    }

    private bool TryPump()
    {
        FeedOwner owner;
        EdgeOutbox? outbox;
        EdgeBatch batch;
        bool taken;
        TaskCompletionSource? caughtUp = null;
        lock (this)
        {
            // The one that this is a batch of: a room may begin anew while it is delivered.
            owner = Owner;
            owner.Flush();
            outbox = owner.FindOutbox(Fanout.Edge);
            batch = default;
            taken = outbox is not null && !fanout.IsStopped && outbox.TryTake(out batch);
            _pumping = taken;
            if (!taken || !owner.IsBehind)
            {
                (caughtUp, _caughtUp) = (_caughtUp, null);
            }
        }

        caughtUp?.SetResult();
        if (!taken)
        {
            return false;
        }

        fanout.Deliver(owner, batch);
        lock (this)
        {
            outbox!.Complete();
        }

        return true;
    }
}
