namespace Switchboard.Gateway.Api.Answers;

/// <summary>A room in a list.</summary>
internal sealed record RoomItem(string Room, int Members);
