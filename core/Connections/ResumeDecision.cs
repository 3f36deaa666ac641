using Switchboard.Core.Backplane;

namespace Switchboard.Core.Connections;

/// <summary>What a connection says to a resume.</summary>
/// <param name="Status">Ok, NoSuchConnection, WrongToken, ForeignToken or Overtaken.</param>
/// <param name="Attachment">The new attachment's number.</param>
/// <param name="Replaced">
/// The attachment that held it until now: it is to be disconnected, and detached from <paramref name="Rooms"/>.
/// </param>
/// <param name="Rooms">The rooms it is a member of.</param>
/// <param name="Own">Its own feed.</param>
public readonly record struct ResumeDecision(
    BackplaneStatus Status, long Attachment, Attachment? Replaced, IReadOnlyList<RoomMembership> Rooms, Recovery Own);
