using Switchboard.Core.Feeds;
using Switchboard.Core.Storage;

namespace Switchboard.Core.Users;

/// <summary>A user as it is carried from one node to another.</summary>
/// <param name="Feed">Its feed.</param>
/// <param name="Connections">Its connections.</param>
/// <param name="Seen">How far each edge has seen the feed.</param>
public sealed record UserState(
    StoredFeed Feed, IReadOnlyList<UserConnectionState> Connections, IReadOnlyList<EdgeSeen> Seen);
