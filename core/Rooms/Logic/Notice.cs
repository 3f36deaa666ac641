using Switchboard.Core.Feeds;

namespace Switchboard.Core.Rooms.Logic;

/// <summary>Something that a room tells its logic.</summary>
/// <param name="Kind">What.</param>
/// <param name="Member">Who has joined or left; null with an input.</param>
/// <param name="Publication">The input, which has a sender; a default value where it is none.</param>
/// <param name="Waiting">Where the verdict on the input goes; null where it is none.</param>
public readonly record struct Notice(NoticeKind Kind, PresenceMember? Member, Publication Publication, LogicInput? Waiting);
