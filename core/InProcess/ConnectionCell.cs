using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;

namespace Switchboard.Core.InProcess;

/// <summary>A connection with its lock and its pump, and the user that it belongs to.</summary>
internal sealed class ConnectionCell(Connection connection, UserCell user, Fanout fanout) : FeedCell(fanout)
{
    public Connection Connection { get; } = connection;

    /// <summary>In its directory for as long as the connection is one of the user's.</summary>
    public UserCell User { get; } = user;

    /// <summary>Whether the observer has heard of it. Under the cell's lock.</summary>
    public bool IsTold { get; set; }

    public override FeedOwner Owner => Connection;
}
