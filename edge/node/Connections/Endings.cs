using System.Collections.Concurrent;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Connections;
using Switchboard.Node.Cluster;
using Switchboard.Node.Metrics;

namespace Switchboard.Node.Connections;

/// <summary>
/// Tells the cluster of sockets that are gone, with patience: what it does not answer is told again, until it is too
/// old to matter. What is still not told then, the grace period or the end of this edge's lease settles.
/// </summary>
internal sealed partial class Endings(
    EdgeId edge,
    ICluster cluster,
    HeldConnections held,
    TimeProvider time,
    Random random,
    NodeMetrics metrics,
    ILogger<Endings> logger,
    CancellationToken stop)
{
    private const int AtOnce = 64;
    private const int MostWaiting = 200_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private List<(Ending Ending, long Since)> _waiting = [];
    private Task _running = Task.CompletedTask;
    private bool _isRunning;

    /// <summary>Claims a connection that may have been disowned while it was being resumed here.</summary>
    public Func<ConnectionId, ValueTask<ClaimOutcome>>? OnDisowned { get; set; }

    /// <summary>Tells at once, and again later where that fails. Completes with the first try.</summary>
    public async ValueTask TellAsync(Ending ending)
    {
        if (!await TryTellAsync(ending))
        {
            Add(ending);
        }
    }

    /// <summary>Tells in a while.</summary>
    public void Add(Ending ending)
    {
        lock (_lock)
        {
            if (_waiting.Count >= MostWaiting)
            {
                metrics.GaveUp();
                return;
            }

            _waiting.Add((ending, time.GetTimestamp()));
            if (!_isRunning && !stop.IsCancellationRequested)
            {
                _isRunning = true;
                _running = RunAsync();
            }
        }
    }

    /// <summary>Completes when nothing waits to be told any more, or the time is over.</summary>
    public async Task DrainAsync(TimeSpan most)
    {
        Task running;
        lock (_lock)
        {
            running = _running;
        }

        await Task.WhenAny(running, Task.Delay(most, time, stop));
    }

    private async Task RunAsync()
    {
        Backoff backoff = new(random);
        try
        {
            while (true)
            {
                await Task.Delay(backoff.Next(), time, stop);
                IReadOnlyCollection<(Ending, long)> failed = await TellAllAsync();
                if (failed.Count == 0)
                {
                    backoff.Reset();
                }

                if (TryEnd(failed))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The edge is gone, and with it whoever would be told.
        }
    }

    private async Task<IReadOnlyCollection<(Ending Ending, long Since)>> TellAllAsync()
    {
        List<(Ending Ending, long Since)> round;
        lock (_lock)
        {
            (round, _waiting) = (_waiting, []);
        }

        ConcurrentBag<(Ending, long)> failed = [];
        ParallelOptions options = new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop };
        await Parallel.ForEachAsync(round, options, async (one, _) =>
        {
            if (await TryTellAsync(one.Ending))
            {
                return;
            }

            if (time.GetElapsedTime(one.Since) < Patience)
            {
                failed.Add(one);
                return;
            }

            metrics.GaveUp();
            LogGaveUp(logger, one.Ending.Connection);
        });
        return failed;
    }

    private bool TryEnd(IReadOnlyCollection<(Ending, long)> failed)
    {
        lock (_lock)
        {
            _waiting.AddRange(failed);
            _isRunning = _waiting.Count > 0;
            return !_isRunning;
        }
    }

    private async ValueTask<bool> TryTellAsync(Ending ending)
    {
        try
        {
            IConnectionGrain grain = cluster.Connection(ending.Connection);
            await (ending.Kind switch
            {
                EndingKind.Close => grain.CloseAsync(ending.Attachment),
                EndingKind.Detach => grain.DetachAsync(ending.Attachment),
                _ => DisownAsync(grain, ending.Connection),
            });
            return true;
        }
        catch (Exception e) when (ClusterFaults.IsAway(e))
        {
            metrics.CallFailed(e);
            return false;
        }
        catch (Exception e)
        {
            // A grain that fails at one connection does not keep the others from being told.
            LogFailed(logger, e, ending.Connection);
            return true;
        }
    }

    private async ValueTask DisownAsync(IConnectionGrain grain, ConnectionId connection)
    {
        if (held.TryGet(connection, out _))
        {
            return;
        }

        await grain.DetachEdgeAsync(edge, time.GetUtcNow().ToUnixTimeMilliseconds());
        if (held.TryGet(connection, out _) && OnDisowned is not null)
        {
            // It was resumed here after all, perhaps before this was told.
            await OnDisowned(connection);
        }
    }
}
