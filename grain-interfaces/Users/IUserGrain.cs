using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Users;

namespace Switchboard.GrainInterfaces.Users;

/// <summary>An identity with all its connections on any edge; its key is the user's name.</summary>
[Alias("switchboard.user")]
public interface IUserGrain : IGrainWithStringKey
{
    /// <summary>Adds a new connection; everything after the position that is returned is delivered to its edge.</summary>
    [Alias("add")]
    ValueTask<Position> AddAsync(ConnectionId connection, EdgeId edge, long attachment);

    /// <summary>A connection was resumed at an edge.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="edge">Where it is attached now.</param>
    /// <param name="attachment">The number of that attachment.</param>
    /// <param name="position">What it has seen of the user's feed; null to recover nothing.</param>
    [Alias("attach")]
    ValueTask<Recovery> AttachAsync(ConnectionId connection, EdgeId edge, long attachment, Position? position);

    /// <summary>
    /// Says that a connection is one of the user's, and where: for a user that may have come up anew without it.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="edge">Where it is attached.</param>
    /// <param name="attachment">The number of that attachment.</param>
    /// <param name="seen">What the edge has seen of the feed; null where it has seen nothing.</param>
    [Alias("reattach")]
    ValueTask ReattachAsync(ConnectionId connection, EdgeId edge, long attachment, Position? seen);

    /// <summary>A connection receives nothing for now.</summary>
    [Alias("detach")]
    ValueTask DetachAsync(ConnectionId connection, long attachment);

    /// <summary>An edge is gone, with all connections there.</summary>
    [Alias("detach-edge")]
    ValueTask DetachEdgeAsync(EdgeId edge);

    /// <summary>A connection has ended.</summary>
    [Alias("remove")]
    ValueTask RemoveAsync(ConnectionId connection);

    /// <summary>Sends to all connections.</summary>
    [Alias("send")]
    ValueTask<PublishResult> SendAsync(Publication publication);

    /// <summary>Reads a page of the history for one of the user's connections.</summary>
    [Alias("read")]
    ValueTask<HistoryResult> ReadAsync(ConnectionId reader, HistoryQuery query);

    /// <summary>Adds a new connection, unless the user is banned.</summary>
    [Alias("admit")]
    ValueTask<AdmitAnswer> AdmitAsync(ConnectionId connection, EdgeId edge, long attachment);

    /// <summary>Shows the user, and a page of its connections.</summary>
    [Alias("inspect")]
    ValueTask<UserView> InspectAsync(string? after, int limit);

    /// <summary>Ends all connections.</summary>
    [Alias("end-all")]
    ValueTask<DisconnectResult> EndAllAsync();

    /// <summary>Bans the user and ends all connections; null ends a ban. The list of bans has to know it already.</summary>
    [Alias("set-ban")]
    ValueTask<DisconnectResult> SetBanAsync(Ban? ban);
}
