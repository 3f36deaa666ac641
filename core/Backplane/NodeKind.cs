namespace Switchboard.Core.Backplane;

/// <summary>What a node is there for.</summary>
public enum NodeKind : byte
{
    /// <summary>It holds clients' sockets.</summary>
    Edge,

    /// <summary>It hosts rooms, users and connections.</summary>
    Silo,

    /// <summary>It does both, alone.</summary>
    Standalone,
}
