namespace Switchboard.Node.Connections;

/// <summary>What became of a claim.</summary>
internal enum ClaimOutcome
{
    /// <summary>The cluster knows that this edge holds the connection.</summary>
    Held,

    /// <summary>It does not: the socket is being closed.</summary>
    Refused,

    /// <summary>The edge did not hold the connection.</summary>
    NotHere,

    /// <summary>The cluster did not answer.</summary>
    Away,
}
