namespace Switchboard.Core.Backplane;

/// <summary>A page of the rooms that are in use.</summary>
/// <param name="Status">Ok or Unavailable.</param>
/// <param name="Rooms">The rooms, by name.</param>
/// <param name="More">Whether others follow.</param>
/// <param name="IsComplete">False where a part of the cluster did not answer, so that its rooms are missing.</param>
public sealed record RoomPage(BackplaneStatus Status, IReadOnlyList<RoomSummary> Rooms, bool More, bool IsComplete);
