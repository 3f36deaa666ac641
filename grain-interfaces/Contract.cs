namespace Switchboard.GrainInterfaces;

/// <summary>What edges and silos have to agree on before they can talk.</summary>
public static class Contract
{
    /// <summary>
    /// Rises when an edge and a silo that differ in it can't work together. Additions that both sides can do without
    /// don't raise it.
    /// </summary>
    public const int Version = 1;
}
