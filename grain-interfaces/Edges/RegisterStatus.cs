namespace Switchboard.GrainInterfaces.Edges;

/// <summary>What became of an edge's registration.</summary>
public enum RegisterStatus : byte
{
    /// <summary>The edge is known.</summary>
    Ok,

    /// <summary>Another edge of that name is alive.</summary>
    NameTaken,

    /// <summary>The cluster speaks another contract.</summary>
    OtherContract,
}
