namespace Switchboard.Core.Backplane;

/// <summary>A node as an operator sees it.</summary>
/// <param name="Node">Names this run of it.</param>
/// <param name="Kind">What it is there for.</param>
/// <param name="Name">What it is configured to be called; no two that run at one time have the same.</param>
/// <param name="Address">Where it listens; empty where it did not answer.</param>
/// <param name="Version">Of the program; empty where it did not answer.</param>
/// <param name="Started">When, in milliseconds since 1970; 0 where it did not answer.</param>
/// <param name="State">Whether it takes what comes.</param>
/// <param name="CanDrain">Whether <see cref="IBackplaneAdmin.DrainAsync"/> would do it.</param>
/// <param name="Figures">What it counts; null where it did not answer.</param>
public sealed record NodeView(
    string Node,
    NodeKind Kind,
    string Name,
    string Address,
    string Version,
    long Started,
    NodeState State,
    bool CanDrain,
    NodeFigures? Figures);
