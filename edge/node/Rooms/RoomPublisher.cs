using System.Diagnostics;
using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Tracing;
using Switchboard.Node.Metrics;
using Switchboard.Node.Tracing;

namespace Switchboard.Node.Rooms;

/// <summary>
/// Publishes to one room with one call in flight; while it runs, and until the next one can leave, the next batch fills.
/// So messages arrive in their order, and a busy room costs a call for hundreds of them.
/// </summary>
internal sealed class RoomPublisher(RoomName room, RoomCaller caller, PublishLimits limits, NodeMetrics metrics)
{
    private static readonly PublishResult Away = new(BackplaneStatus.Unavailable, default, false);

    private readonly Lock _lock = new();
    private readonly Queue<PendingPublish> _waiting = new();
    private long _waitingBytes;
    private bool _isRunning;
    private bool _isRetired;

    public RoomName Room => room;

    /// <summary>True where the caller has to start <see cref="RunAsync"/>; null once the publisher is retired.</summary>
    public bool? Add(PendingPublish pending)
    {
        lock (_lock)
        {
            if (_isRetired)
            {
                return null;
            }

            if (_waitingBytes + pending.Bytes <= limits.WaitingBytes)
            {
                _waitingBytes += pending.Bytes;
                _waiting.Enqueue(pending);
                bool starts = !_isRunning;
                _isRunning = true;
                return starts;
            }
        }

        metrics.Overflowed();
        pending.Answer(Away);
        return false;
    }

    /// <summary>Publishes until nothing waits; then it is retired.</summary>
    public async Task RunAsync()
    {
        while (!TryRetire())
        {
            await caller.TurnAsync(room);
            PendingPublish[] batch = Take();
            PublishResult[]? results = null;
            Exception? failure = null;
            Activity? span = NodeTracing.StartBatch(room, batch, out int traced);
            long began = metrics.Begin();
            try
            {
                results = await caller.PublishAsync(room, batch, span?.Id, traced);
            }
            catch (Exception e)
            {
                // Whoever published hears of it, each on his own.
                failure = e;
            }

            metrics.Published(batch.Length, began);
            RemoteSpan.End(span, failure?.Message ?? (results is null ? "the cluster is away" : null));
            Answer(batch, results, failure);
        }
    }

    private static void Answer(PendingPublish[] batch, PublishResult[]? results, Exception? failure)
    {
        for (int i = 0; i < batch.Length; i++)
        {
            if (failure is not null)
            {
                batch[i].Fail(failure);
            }
            else
            {
                batch[i].Answer(results is null ? Away : results[i]);
            }
        }
    }

    private bool TryRetire()
    {
        lock (_lock)
        {
            _isRetired = _waiting.Count == 0;
            return _isRetired;
        }
    }

    private PendingPublish[] Take()
    {
        lock (_lock)
        {
            int count = 0;
            long bytes = 0;
            foreach (PendingPublish pending in _waiting)
            {
                bytes += pending.Bytes;
                if (count == limits.BatchCount || (count > 0 && bytes > limits.BatchBytes))
                {
                    break;
                }

                count++;
            }

            PendingPublish[] batch = new PendingPublish[count];
            for (int i = 0; i < count; i++)
            {
                batch[i] = _waiting.Dequeue();
                _waitingBytes -= batch[i].Bytes;
            }

            return batch;
        }
    }
}
