using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Rooms;

/// <summary>A room, and short ways to call it.</summary>
internal sealed class RoomHarness(RoomOptions? options = null)
{
    public const long Start = 1_000_000;

    /// <summary>The presence version that a room begins with, above those of its earlier lives.</summary>
    public const long FirstVersion = Start * 1_000;

    public long Now { get; set; } = Start;

    public Room Room { get; } = new(Some.Room, options ?? new RoomOptions(), Some.Epoch, Start);

    public JoinResult Join(
        ConnectionId connection,
        Position? position = null,
        bool presence = false,
        string state = "",
        EdgeId? edge = null,
        long attachment = 1,
        long joinNumber = 0) =>
        Room.Join(
            new RoomJoin(
                connection,
                UserOf(connection),
                edge ?? Some.Edge,
                attachment,
                new JoinOptions(position, presence, Some.Bytes(state)),
                joinNumber),
            Now);

    public JoinResult JoinDetached(ConnectionId connection) =>
        Room.Join(new RoomJoin(connection, UserOf(connection), null, 1, default), Now);

    public JoinResult Rejoin(ConnectionId connection, long attachment, Position? position = null, EdgeId? edge = null) =>
        Room.Rejoin(connection, edge ?? Some.Edge, attachment, position, Now);

    public BackplaneStatus Leave(ConnectionId connection, long joinNumber = 0) => Room.Leave(connection, Now, joinNumber);

    public PublishResult Publish(in Publication publication) => Room.Publish(publication, Now, out _);

    /// <summary>Takes all that waits for an edge, as one that always receives it.</summary>
    public (List<FeedEntry> Entries, List<PresenceChange> Presence, List<Position> Lost) Drain(EdgeId? edge = null)
    {
        var entries = new List<FeedEntry>();
        var presence = new List<PresenceChange>();
        var lost = new List<Position>();
        Room.Flush();
        EdgeOutbox? outbox = Room.FindOutbox(edge ?? Some.Edge);
        while (outbox is not null && outbox.TryTake(out EdgeBatch batch))
        {
            entries.AddRange(batch.Entries);
            presence.AddRange(batch.Presence);
            if (batch.Lost is { } position)
            {
                lost.Add(position);
            }

            outbox.Complete();
        }

        return (entries, presence, lost);
    }

    public static Sender SenderOf(ConnectionId connection) => new(UserOf(connection), connection);

    public static UserName UserOf(ConnectionId connection) => new(connection.Value.Split('s')[0]);
}
