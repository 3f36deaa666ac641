using Orleans.Runtime;

namespace Switchboard.Node.Cluster;

/// <summary>The one place that tells a cluster that can't be reached, or did not answer, from a failure of ours.</summary>
internal static class ClusterFaults
{
    /// <summary>
    /// True where the outcome of a call is unknown and it may be made again: a time-out, a silo or gateway that is gone
    /// or too busy, and whatever else Orleans itself throws; a client that is not connected yet, or not any more.
    /// </summary>
    public static bool IsAway(Exception exception) =>
        exception is TimeoutException or OrleansException or ClusterAwayException or ObjectDisposedException;

    /// <summary>A word for metrics.</summary>
    public static string Kind(Exception exception) => exception switch
    {
        TimeoutException => "timeout",
        SiloUnavailableException => "silo_unavailable",
        GatewayTooBusyException => "too_busy",
        OrleansMessageRejectionException => "rejected",
        ClusterAwayException => "not_connected",
        ObjectDisposedException => "stopped",
        _ => "other",
    };
}
