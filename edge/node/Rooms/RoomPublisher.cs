using System.Diagnostics;
using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Tracing;
using Switchboard.Node.Metrics;
using Switchboard.Node.Tracing;

namespace Switchboard.Node.Rooms;

/// <summary>
/// Publishes to one room with one call in flight; while it runs, and until the next one can leave, the next batch fills.
/// So messages arrive in their order, and a busy room costs a call for hundreds of them. What a call did not bring to the
/// room is published again before anything else; where that does not help, what stands behind it fails with it.
/// </summary>
internal sealed class RoomPublisher(
    RoomName room, RoomCaller caller, PublishLimits limits, RepeatPolicy policy, NodeMetrics metrics)
{
    private static readonly PublishResult Away = new(BackplaneStatus.Unavailable, default, false);

    private readonly Lock _lock = new();
    private readonly Queue<PendingPublish> _waiting = new();
    private long _waitingBytes;
    private KeptTurns? _turns;
    private bool _isRunning;
    private volatile bool _isRetired;

    public RoomName Room => room;

    /// <summary>Whether it takes nothing any more.</summary>
    public bool IsRetired => _isRetired;

    /// <summary>True where the caller has to start <see cref="RunAsync"/>; null once the publisher is retired.</summary>
    public bool? Add(PendingPublish pending)
    {
        bool isTooEarly;
        lock (_lock)
        {
            if (_isRetired)
            {
                return null;
            }

            isTooEarly = _turns is not null && IsTooEarly(pending);
            if (!isTooEarly && _waitingBytes + pending.Bytes <= limits.WaitingBytes)
            {
                _waitingBytes += pending.Bytes;
                _waiting.Enqueue(pending);
                bool starts = !_isRunning;
                _isRunning = true;
                return starts;
            }

            KeepTurn(pending);
        }

        if (isTooEarly)
        {
            metrics.Withheld(1);
        }
        else
        {
            metrics.Overflowed();
        }

        pending.Answer(Away);
        return false;
    }

    /// <summary>Publishes until nothing waits; then it is retired, unless it keeps somebody's turn.</summary>
    public async Task RunAsync()
    {
        Repeats? repeats = null;
        PendingPublish[]? again = null;
        while (again is not null || !TryRest())
        {
            if (again is null)
            {
                await caller.TurnAsync(room);
            }

            PendingPublish[] batch = again ?? Take();
            again = null;
            PublishResult[]? results = null;
            Exception? failure = null;
            Activity? span = NodeTracing.StartBatch(room, batch, out int traced);
            long began = metrics.Begin();
            try
            {
                ValueTask<PublishResult[]?> call = caller.PublishAsync(room, batch, span?.Id, traced);
                results = await (repeats is null ? call : repeats.WithinAsync(call));
            }
            catch (Exception e)
            {
                // Whoever published hears of it, each on his own.
                failure = e;
            }

            metrics.Published(batch.Length, began);
            RemoteSpan.End(span, failure?.Message ?? (results is null ? "the cluster is away" : null));
            bool areLost = false;
            List<PendingPublish>? open = failure is null ? Answer(batch, results, out areLost) : Fail(batch, failure);
            if (areLost)
            {
                repeats ??= policy.Begin(began);
                if (open is null ? !repeats.AreOver : await repeats.PauseAsync())
                {
                    again = open is null ? null : Again(open);
                    continue;
                }
            }

            if (areLost || open is not null)
            {
                Refuse(open ?? [], alsoAllThatWait: areLost);
            }

            repeats = null;
        }
    }

    /// <summary>After a run, and the time for which turns are kept: retires it, unless it runs again or keeps later ones.</summary>
    /// <returns>False where that has to be asked again.</returns>
    public bool TryRetire()
    {
        lock (_lock)
        {
            _isRetired |= !_isRunning && _turns is null or { AreOver: true };
            return _isRetired || _isRunning;
        }
    }

    private static List<PendingPublish>? Fail(PendingPublish[] batch, Exception failure)
    {
        foreach (PendingPublish pending in batch)
        {
            pending.Fail(failure);
        }

        return null;
    }

    // Gives the messages with a key that are neither published nor refused for good; null for none. Without a key nobody
    // could tell whether a message is there already.
    private static List<PendingPublish>? Answer(PendingPublish[] batch, PublishResult[]? results, out bool areLost)
    {
        List<PendingPublish>? open = null;
        areLost = false;
        for (int i = 0; i < batch.Length; i++)
        {
            PublishResult result = results is null ? RoomCaller.Lost : results[i];
            if (result.Status is not (BackplaneStatus.Unavailable or BackplaneStatus.NotYetClaimed))
            {
                batch[i].Answer(result);
            }
            else
            {
                areLost |= result == RoomCaller.Lost;
                if (batch[i].Publication.Key is null)
                {
                    batch[i].Answer(Away);
                }
                else
                {
                    (open ??= []).Add(batch[i]);
                }
            }
        }

        return open;
    }

    private PendingPublish[] Again(List<PendingPublish> messages)
    {
        metrics.Repeated(messages.Count);
        return [.. messages];
    }

    // Nothing that was published behind them may be taken before they come again.
    private void Refuse(List<PendingPublish> messages, bool alsoAllThatWait)
    {
        int count = messages.Count;
        lock (_lock)
        {
            messages.ForEach(KeepTurn);
            for (int i = _waiting.Count; i > 0; i--)
            {
                PendingPublish pending = _waiting.Dequeue();
                if (alsoAllThatWait || IsTooEarly(pending))
                {
                    _waitingBytes -= pending.Bytes;
                    messages.Add(pending);
                    KeepTurn(pending);
                }
                else
                {
                    _waiting.Enqueue(pending);
                }
            }
        }

        metrics.Withheld(messages.Count - count);
        foreach (PendingPublish pending in messages)
        {
            pending.Answer(Away);
        }
    }

    private void KeepTurn(PendingPublish refused) => (_turns ??= new KeptTurns(policy.Time)).Keep(refused.Publication);

    private bool IsTooEarly(PendingPublish pending)
    {
        if (_turns is { AreOver: true })
        {
            _turns = null;
        }

        return _turns?.Refuses(pending.Publication) == true;
    }

    private bool TryRest()
    {
        lock (_lock)
        {
            _isRunning = _waiting.Count > 0;
            _isRetired = !_isRunning && _turns is null or { AreOver: true };
            return !_isRunning;
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
