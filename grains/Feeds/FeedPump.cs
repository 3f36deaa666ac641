using Microsoft.Extensions.Logging;
using Switchboard.Core.Feeds;
using Switchboard.Grains.Edges;
using Switchboard.Grains.Tracing;
using Switchboard.GrainInterfaces.Edges;

namespace Switchboard.Grains.Feeds;

/// <summary>
/// Delivers a feed to the edges: one batch in flight for each, the next one filling meanwhile. What failed is sent
/// again, until the edge has taken it or is gone. Runs on its grain's scheduler.
/// </summary>
internal sealed partial class FeedPump(FeedOwner owner, GrainServices services)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    // Whoever publishes is held up while an edge is behind, but once only by one that does not answer.
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(1);

    private readonly List<EdgeOutbox> _running = new(1);
    private HashSet<EdgeOutbox>? _stalled;
    private TracedEntries? _traced;
    private TaskCompletionSource? _caughtUp;
    private bool _stopped;

    /// <summary>True while publishers are to be held up until the edges have caught up.</summary>
    public bool Holds
    {
        get
        {
            foreach (EdgeOutbox outbox in _running)
            {
                if (outbox.IsBehind && _stalled?.Contains(outbox) != true)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>What delivers a message with this payload is part of a trace.</summary>
    public void Trace(ReadOnlyMemory<byte> payload, string trace) => (_traced ??= new TracedEntries()).Add(payload, trace);

    public void Stop() => _stopped = true;

    /// <summary>Starts a delivery to every edge that something waits for.</summary>
    public void Start()
    {
        owner.Flush();
        IReadOnlyList<EdgeOutbox> outboxes = owner.Outboxes;
        for (int i = outboxes.Count - 1; i >= 0; i--)
        {
            if (outboxes[i].HasWork && !_running.Contains(outboxes[i]))
            {
                _running.Add(outboxes[i]);
                RunAsync(outboxes[i]).Ignore();
            }
        }
    }

    public async Task WaitToCatchUpAsync()
    {
        _caughtUp ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _caughtUp.Task.WaitAsync(LongestHold, services.Time);
        }
        catch (TimeoutException)
        {
            _stalled ??= [];
            _stalled.UnionWith(_running.Where(outbox => outbox.IsBehind));
            ReleaseWaiting();
        }
    }

    private async Task RunAsync(EdgeOutbox outbox)
    {
        TimeSpan pause = FirstPause;
        try
        {
            while (!_stopped && outbox.TryTake(out EdgeBatch batch))
            {
                if (await TryDeliverAsync(outbox, batch))
                {
                    pause = FirstPause;
                }
                else
                {
                    await Task.Delay(pause, services.Time);
                    pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                }

                ReleaseWaiting();
                owner.Flush();
            }
        }
        finally
        {
            _running.Remove(outbox);
            _stalled?.Remove(outbox);
            if (_running.Count == 0)
            {
                _traced?.Forget();
            }

            ReleaseWaiting();
        }
    }

    private async Task<bool> TryDeliverAsync(EdgeOutbox outbox, EdgeBatch batch)
    {
        // What arrives at the edge is copied from here on: the batch's lists are the outbox's own.
        var delivery = new Delivery
        {
            Feed = owner.FeedId,
            Epoch = owner.Epoch,
            After = batch.After,
            Through = batch.Through,
            Lost = batch.Lost,
            Presence = [.. batch.Presence],
            Entries = [.. batch.Entries],
            Trace = _traced?.Find(batch.Entries),
        };
        try
        {
            EdgeLink? link = await services.Edges.FindAsync(outbox.Edge, owner.FeedId);
            if (link is null)
            {
                services.Metrics.Failed();
                outbox.Fail();
                return false;
            }

            Position? behind = await link.DeliverAsync(delivery);
            outbox.Complete();
            _stalled?.Remove(outbox);
            if (batch.Lost is not null)
            {
                services.Metrics.Lost();
            }

            if (behind is { } seen)
            {
                services.Metrics.Behind();
                LogBehind(services.FanoutLog, outbox.Edge, owner.FeedId, seen.Offset, batch.After);
                owner.Rewind(outbox.Edge, seen, services.Now());
            }

            return true;
        }
        catch (Exception exception) when (ClusterFault.Is(exception))
        {
            LogFailed(services.FanoutLog, outbox.Edge, owner.FeedId, exception.Message);
            services.Metrics.Failed();
            outbox.Fail();
            return false;
        }
        catch (Exception exception)
        {
            // The edge must not fail so. It is sent again after a pause, rather than never again and in silence.
            LogUnexpected(services.FanoutLog, outbox.Edge, owner.FeedId, exception);
            services.Metrics.Failed();
            outbox.Fail();
            return false;
        }
    }

    private void ReleaseWaiting()
    {
        if (_caughtUp is { } waiting && !Holds)
        {
            _caughtUp = null;
            waiting.SetResult();
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "Edge {Edge} has seen {Feed} up to {Seen}, not {After}; it is sent what is missing")]
    private static partial void LogBehind(
        ILogger logger, Core.Identifiers.EdgeId edge, FeedId feed, long seen, long after);

    [LoggerMessage(3, LogLevel.Error, "Edge {Edge} failed in a delivery of {Feed}, which is sent again")]
    private static partial void LogUnexpected(
        ILogger logger, Core.Identifiers.EdgeId edge, FeedId feed, Exception exception);

    [LoggerMessage(2, LogLevel.Debug, "A delivery of {Feed} to edge {Edge} failed, and is sent again: {Problem}")]
    private static partial void LogFailed(
        ILogger logger, Core.Identifiers.EdgeId edge, FeedId feed, string problem);
}
