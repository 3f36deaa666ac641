using Switchboard.Core.Connections;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Connections;
using Switchboard.Node.Cluster;
using Switchboard.Node.Feeds;
using Switchboard.Node.Metrics;

namespace Switchboard.Node.Connections;

/// <summary>Tells the cluster that this edge holds a connection, where it may have forgotten.</summary>
internal sealed class Claims(
    EdgeId edge,
    ICluster cluster,
    HeldConnections held,
    FeedCursors cursors,
    EdgePort port,
    Endings endings,
    NodeMetrics metrics)
{
    /// <summary>Claims a connection. One that is refused is closed.</summary>
    public async ValueTask<ClaimOutcome> ClaimAsync(ConnectionId id)
    {
        if (!held.TryGet(id, out HeldConnection? connection) || connection.ToClaim(edge, cursors) is not { } claim)
        {
            return ClaimOutcome.NotHere;
        }

        ClaimOutcome outcome;
        try
        {
            ReattachAnswer answer = await cluster.Connection(id).ReattachAsync(claim);
            outcome = Heed(connection, answer.Refused);
        }
        catch (Exception e) when (ClusterFaults.IsAway(e))
        {
            metrics.CallFailed(e);
            outcome = ClaimOutcome.Away;
        }

        if (outcome != ClaimOutcome.Refused && !held.Holds(id, connection.Attachment))
        {
            // The socket went while the claim was under way, which may have overtaken the news of it.
            endings.Add(new Ending(EndingKind.Detach, id, connection.Attachment));
        }

        metrics.Claimed(outcome);
        return outcome;
    }

    private ClaimOutcome Heed(HeldConnection connection, DisconnectReason? refused)
    {
        if (refused is not { } reason)
        {
            return ClaimOutcome.Held;
        }

        held.Remove(connection.Id, connection.Attachment);
        port.Edge.Disconnect(connection.Id, connection.Attachment, reason);
        return ClaimOutcome.Refused;
    }
}
