using Switchboard.Core.Connections;
using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Backplane;

/// <summary>A connection that was taken over by another socket.</summary>
/// <param name="Status">Ok, NoSuchConnection, WrongToken, ForeignToken, Overtaken or Unavailable.</param>
/// <param name="Connection">Its id.</param>
/// <param name="Attachment">Which attachment the new socket is.</param>
/// <param name="Rooms">The rooms it is still a member of, each to be recovered by a rejoin.</param>
/// <param name="User">The user's feed.</param>
/// <param name="Own">The connection's own feed.</param>
public readonly record struct ResumeResult(
    BackplaneStatus Status,
    ConnectionId Connection,
    long Attachment,
    IReadOnlyList<RoomMembership> Rooms,
    Recovery User,
    Recovery Own);
