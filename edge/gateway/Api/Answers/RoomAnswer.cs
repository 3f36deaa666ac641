namespace Switchboard.Gateway.Api.Answers;

/// <summary>A room: the head of its feed, and how many are there.</summary>
internal sealed record RoomAnswer(string Room, string Epoch, long Offset, string Mode, long Version, int Count);
