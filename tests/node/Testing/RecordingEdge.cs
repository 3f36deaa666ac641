using System.Collections.Concurrent;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Node.Tests.Testing;

/// <summary>Writes down every call as a line.</summary>
internal sealed class RecordingEdge : IEdge
{
    private readonly ConcurrentQueue<string> _lines = new();

    public string[] Lines => [.. _lines];

    public void Deliver(FeedId feed, Epoch epoch, IReadOnlyList<FeedEntry> entries) =>
        _lines.Enqueue($"{feed.Owner}: {string.Join(" ", entries.Offsets())}");

    public void Lost(FeedId feed, Position now) => _lines.Enqueue($"{feed.Owner}: lost {now.Offset}");

    public void Presence(RoomName room, PresenceChange change) => _lines.Enqueue($"{room}: presence {change.Version}");

    public void Disconnect(ConnectionId connection, long attachment, DisconnectReason reason) =>
        _lines.Enqueue($"disconnect {attachment} {reason}");
}
