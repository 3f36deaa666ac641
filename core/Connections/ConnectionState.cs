using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Storage;

namespace Switchboard.Core.Connections;

/// <summary>A connection as it is carried from one node to another, or kept while no socket holds it.</summary>
/// <param name="User">Whose it is.</param>
/// <param name="Token">The hash of its resume token.</param>
/// <param name="Edge">Where its socket is; null while it is detached.</param>
/// <param name="Attachment">The number of its newest attachment.</param>
/// <param name="DetachedAt">When it was detached, in milliseconds since the Unix epoch.</param>
/// <param name="Rooms">The rooms it is a member of.</param>
/// <param name="Feed">Its own feed.</param>
/// <param name="Seen">
/// What the edge has seen of its feed, with -1 as in <see cref="EdgeSeen"/>; null where nothing was ever sent.
/// </param>
/// <param name="Turn">The highest turn that its client has resumed it with; 0 where it does not count them.</param>
/// <param name="JoinNumber">The number of its newest join; 0 where they were not counted.</param>
public sealed record ConnectionState(
    UserName User,
    TokenHash Token,
    EdgeId? Edge,
    long Attachment,
    long DetachedAt,
    IReadOnlyList<RoomMembership> Rooms,
    StoredFeed Feed,
    Position? Seen,
    long Turn = 0,
    long JoinNumber = 0);
