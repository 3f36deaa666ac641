namespace Switchboard.Gateway.Api.Answers;

/// <summary>A page of rooms.</summary>
/// <param name="Rooms">The rooms, by name.</param>
/// <param name="Next">What to ask for after this page; null where it is the last.</param>
/// <param name="Complete">False where a part of the cluster did not answer.</param>
internal sealed record RoomsAnswer(RoomItem[] Rooms, string? Next, bool Complete);
