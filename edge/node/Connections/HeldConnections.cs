using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Node.Feeds;

namespace Switchboard.Node.Connections;

/// <summary>
/// The connections whose sockets are on this edge. Each is a receiver of its feeds: whoever adds one has entered its
/// cursors, and letting it go leaves them.
/// </summary>
internal sealed class HeldConnections(FeedCursors cursors)
{
    private readonly ConcurrentDictionary<string, HeldConnection> _all = new();

    public int Count => _all.Count;

    /// <summary>The connections there are now.</summary>
    public IReadOnlyList<ConnectionId> All => [.. _all.Select(static one => one.Value.Id)];

    /// <summary>Holds a connection that was opened or resumed here; of two attachments that it has here the older is let go.</summary>
    public void Add(HeldConnection connection)
    {
        HeldConnection? replaced = null;
        _all.AddOrUpdate(
            connection.Id.Value,
            connection,
            (_, other) =>
            {
                bool isNewer = connection.Attachment > other.Attachment;
                replaced = isNewer ? other : connection;
                return isNewer ? connection : other;
            });
        if (replaced is not null)
        {
            LetGo(replaced);
        }
    }

    public bool TryGet(ConnectionId id, [NotNullWhen(true)] out HeldConnection? connection) =>
        _all.TryGetValue(id.Value, out connection);

    /// <summary>Whether an attachment is the one that this edge holds.</summary>
    public bool Holds(ConnectionId id, long attachment) =>
        TryGet(id, out HeldConnection? connection) && connection.Attachment == attachment;

    /// <summary>Whether a connection is here and a member of a room.</summary>
    public bool IsMember(ConnectionId id, RoomName room) =>
        TryGet(id, out HeldConnection? connection) && connection.IsMemberOf(room);

    /// <summary>Lets an attachment go; an older or newer one is left alone.</summary>
    public void Remove(ConnectionId id, long attachment)
    {
        if (TryGet(id, out HeldConnection? connection)
            && connection.Attachment == attachment
            && _all.TryRemove(KeyValuePair.Create(id.Value, connection)))
        {
            LetGo(connection);
        }
    }

    private void LetGo(HeldConnection connection)
    {
        foreach (HeldRoom room in connection.Release())
        {
            cursors.Leave(FeedId.Of(room.Room));
        }

        cursors.Leave(FeedId.Of(connection.User));
        cursors.Leave(FeedId.Of(connection.Id));
    }
}
