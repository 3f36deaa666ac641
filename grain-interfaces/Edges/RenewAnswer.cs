namespace Switchboard.GrainInterfaces.Edges;

/// <summary>What became of a renewal.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.renewed")]
public sealed class RenewAnswer
{
    /// <summary>False where the edge was not known any more: it registers again, and says what it holds.</summary>
    [Id(0)]
    public required bool Known { get; init; }

    /// <summary>
    /// The silos that are alive. When one is missing that was there before, what it held came up anew, or will: the edge
    /// says what it holds.
    /// </summary>
    [Id(1)]
    public required string[] Silos { get; init; }
}
