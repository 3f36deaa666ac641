namespace Switchboard.Core.Backplane;

/// <summary>The nodes there are.</summary>
/// <param name="Status">Ok or Unavailable.</param>
/// <param name="Nodes">The nodes, edges first, by name.</param>
/// <param name="IsComplete">False where edges may be missing, because the registry of edges came up a moment ago.</param>
public sealed record NodeList(BackplaneStatus Status, IReadOnlyList<NodeView> Nodes, bool IsComplete);
