using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Backplane;

/// <summary>A room in a list.</summary>
/// <param name="Room">Its name.</param>
/// <param name="Members">How many members it had a moment ago.</param>
public readonly record struct RoomSummary(RoomName Room, int Members);
