namespace Switchboard.Node.Connections;

/// <summary>What the cluster is to be told of a socket that is gone.</summary>
internal enum EndingKind : byte
{
    /// <summary>The attachment's grace period begins.</summary>
    Detach,

    /// <summary>The connection has ended.</summary>
    Close,

    /// <summary>
    /// A resume was not answered: this edge may be where the connection is attached, by a number that it does not know.
    /// </summary>
    Disown,
}
