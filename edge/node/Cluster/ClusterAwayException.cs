namespace Switchboard.Node.Cluster;

/// <summary>A call that was not made, because there is nobody to call.</summary>
internal sealed class ClusterAwayException(string message) : Exception(message);
