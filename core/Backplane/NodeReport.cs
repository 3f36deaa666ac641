namespace Switchboard.Core.Backplane;

/// <summary>What a node says of itself.</summary>
/// <param name="Address">Where it listens.</param>
/// <param name="Version">Of the program.</param>
/// <param name="Started">When, in milliseconds since 1970.</param>
/// <param name="IsDraining">Whether it sends away what it holds.</param>
/// <param name="Figures">What it counts.</param>
public sealed record NodeReport(string Address, string Version, long Started, bool IsDraining, NodeFigures Figures)
{
    /// <summary>Of a node that has nothing to say.</summary>
    public static readonly NodeReport None = new(string.Empty, string.Empty, 0, false, new NodeFigures());
}
