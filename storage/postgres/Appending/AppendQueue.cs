using System.Diagnostics.CodeAnalysis;
using Switchboard.Core.Feeds;

namespace Switchboard.Storage.Postgres.Appending;

/// <summary>
/// Appends that wait, in the order in which they came. Of each feed one at most is handed out at a time, so that a feed's
/// appends are committed in order. Safe for concurrent use.
/// </summary>
internal sealed class AppendQueue(PostgresFeedStoreOptions options)
{
    private readonly Lock _lock = new();
    private readonly Queue<PendingAppend> _ready = new();

    // The last append of each feed that has any, waiting or handed out.
    private readonly Dictionary<FeedId, PendingAppend> _last = [];

    private long _bytes;
    private bool _taking;

    /// <summary>Adds an append; false where too much waits already.</summary>
    /// <param name="pending">The append.</param>
    /// <param name="start">True where nobody takes: the caller has to see to it that somebody does.</param>
    public bool TryAdd(PendingAppend pending, out bool start)
    {
        lock (_lock)
        {
            start = false;
            if (_bytes > 0 && _bytes + pending.Bytes > options.MaxWaitingBytes)
            {
                return false;
            }

            _bytes += pending.Bytes;
            if (_last.TryGetValue(pending.Append.Feed, out PendingAppend? before))
            {
                before.Next = pending;
            }
            else
            {
                _ready.Enqueue(pending);
            }

            _last[pending.Append.Feed] = pending;
            start = !_taking;
            _taking = true;
            return true;
        }
    }

    /// <summary>Takes what is committed next, or says that the taker is done: whoever adds then starts another.</summary>
    public bool TryTake([NotNullWhen(true)] out List<PendingAppend>? batch)
    {
        lock (_lock)
        {
            batch = null;
            long bytes = 0;
            while (_ready.TryPeek(out PendingAppend? pending))
            {
                if (pending.IsAbandoned)
                {
                    Release(_ready.Dequeue());
                    continue;
                }

                bytes += pending.Bytes;
                if (batch is not null && (bytes > options.MaxBatchBytes || batch.Count == options.MaxBatchAppends))
                {
                    break;
                }

                batch ??= [];
                batch.Add(_ready.Dequeue());
            }

            _taking = batch is not null;
            return _taking;
        }
    }

    /// <summary>What was taken is done: the next appends of its feeds may go.</summary>
    public void Release(List<PendingAppend> batch)
    {
        lock (_lock)
        {
            batch.ForEach(Release);
        }
    }

    /// <summary>Takes all that waits, whatever the bounds. What was handed out stays so.</summary>
    public List<PendingAppend> TakeAll()
    {
        lock (_lock)
        {
            List<PendingAppend> all = [];
            while (_ready.TryDequeue(out PendingAppend? pending))
            {
                Release(pending);
                all.Add(pending);
            }

            return all;
        }
    }

    private void Release(PendingAppend pending)
    {
        _bytes -= pending.Bytes;
        if (pending.Next is { } next)
        {
            _ready.Enqueue(next);
        }
        else
        {
            _last.Remove(pending.Append.Feed);
        }
    }
}
