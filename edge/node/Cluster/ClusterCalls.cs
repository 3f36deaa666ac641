using Switchboard.Core.Identifiers;
using Switchboard.Node.Connections;
using Switchboard.Node.Metrics;

namespace Switchboard.Node.Cluster;

/// <summary>Makes calls to grains so that a cluster fault becomes a value, and a lost grain is brought up and called again.</summary>
internal sealed class ClusterCalls(Claims claims, NodeMetrics metrics)
{
    /// <summary>Makes a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="away">The answer when the cluster is away.</param>
    public async ValueTask<T> CallAsync<T>(Func<ValueTask<T>> call, T away)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (ClusterFaults.IsAway(e))
        {
            metrics.CallFailed(e);
            return away;
        }
    }

    /// <summary>Makes a call; where its answer says that the caller's grain was lost, claims the caller and calls once more.</summary>
    /// <param name="caller">The connection, which this edge may hold.</param>
    /// <param name="call">The call.</param>
    /// <param name="isLost">Whether an answer contradicts what this edge knows.</param>
    /// <param name="away">The answer when the cluster is away.</param>
    public ValueTask<T> CallAsync<T>(ConnectionId caller, Func<ValueTask<T>> call, Func<T, bool> isLost, T away) =>
        CallAsync(
            async () =>
            {
                T answer = await call();
                if (!isLost(answer))
                {
                    return answer;
                }

                switch (await claims.ClaimAsync(caller))
                {
                    case ClaimOutcome.Held:
                        // Whoever does not know the caller even now is not where the claim went: the cluster is not one at the moment.
                        T second = await call();
                        return isLost(second) ? away : second;
                    case ClaimOutcome.Away:
                        return away;
                    default:
                        return answer;
                }
            },
            away);
}
