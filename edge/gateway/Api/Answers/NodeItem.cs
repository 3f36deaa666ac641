namespace Switchboard.Gateway.Api.Answers;

/// <summary>A node.</summary>
internal sealed record NodeItem(
    string Node,
    string Kind,
    string Name,
    string State,
    bool Drainable,
    string? Address,
    string? Version,
    long? Started,
    FiguresItem? Figures);
