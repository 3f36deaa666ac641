using System.Collections.Concurrent;
using Switchboard.Core.Identifiers;
using Switchboard.Node.Cluster;

namespace Switchboard.Node.Connections;

/// <summary>
/// Claims all connections of this edge, again and again until each was answered. One sweep runs at a time; a new cause
/// has it begin anew.
/// </summary>
internal sealed partial class ClaimSweep(
    HeldConnections held, Claims claims, TimeProvider time, Random random, ILogger<ClaimSweep> logger, CancellationToken stop)
{
    private const int AtOnce = 256;

    private readonly Lock _lock = new();
    private int _causes;
    private bool _isRunning;

    /// <summary>Completes when no sweep is under way.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>What was claimed so far may have been forgotten: begins with all connections.</summary>
    public void StartOver()
    {
        lock (_lock)
        {
            _causes++;
            if (!_isRunning)
            {
                _isRunning = true;
                Running = RunAsync();
            }
        }
    }

    private async Task RunAsync()
    {
        int causes;
        do
        {
            causes = Volatile.Read(ref _causes);
            try
            {
                await SweepAsync(causes);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
        while (!TryEnd(causes));
    }

    private async Task SweepAsync(int causes)
    {
        Backoff backoff = new(random);
        IReadOnlyCollection<ConnectionId> rest = held.All;
        LogClaiming(logger, rest.Count);
        while (rest.Count > 0 && causes == Volatile.Read(ref _causes))
        {
            rest = await ClaimAsync(rest, causes);
            if (rest.Count > 0)
            {
                LogUnanswered(logger, rest.Count);
                await Task.Delay(backoff.Next(), time, stop);
            }
        }
    }

    private async Task<IReadOnlyCollection<ConnectionId>> ClaimAsync(IReadOnlyCollection<ConnectionId> connections, int causes)
    {
        ConcurrentBag<ConnectionId> unanswered = [];
        ParallelOptions options = new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop };
        await Parallel.ForEachAsync(connections, options, async (connection, _) =>
        {
            if (causes == Volatile.Read(ref _causes) && await TryClaimAsync(connection) == ClaimOutcome.Away)
            {
                unanswered.Add(connection);
            }
        });
        return unanswered;
    }

    private async ValueTask<ClaimOutcome> TryClaimAsync(ConnectionId connection)
    {
        try
        {
            return await claims.ClaimAsync(connection);
        }
        catch (Exception e)
        {
            // A grain that fails at one connection does not keep the others from being claimed.
            LogFailed(logger, e, connection);
            return ClaimOutcome.Away;
        }
    }

    private bool TryEnd(int causes)
    {
        lock (_lock)
        {
            _isRunning = causes != _causes;
            return !_isRunning;
        }
    }
}
