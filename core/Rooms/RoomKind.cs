namespace Switchboard.Core.Rooms;

/// <summary>Options for the rooms whose name matches a pattern.</summary>
public sealed class RoomKind
{
    /// <summary>A room name in which each <c>*</c> stands for any characters, also none, e.g. <c>game:*</c>.</summary>
    public string Pattern { get; set; } = "";

    /// <summary>What these rooms keep, tell and allow.</summary>
    public RoomOptions Options { get; set; } = new();
}
