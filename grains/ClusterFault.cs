using Orleans.Runtime;

namespace Switchboard.Grains;

/// <summary>Tells what a node or a network did from what our own code did.</summary>
internal static class ClusterFault
{
    /// <summary>True where the other side was away, too slow, or on its way elsewhere; it may be tried again.</summary>
    public static bool Is(Exception exception) =>
        exception is TimeoutException or OrleansException or OperationCanceledException or ObjectDisposedException;
}
