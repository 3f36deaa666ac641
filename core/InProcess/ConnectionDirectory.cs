using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.Core.InProcess;

/// <summary>All connections, from being opened to being closed or to the end of their grace period.</summary>
internal sealed class ConnectionDirectory(
    ConnectionOptions options,
    IRandomSource random,
    Fanout fanout,
    RoomDirectory rooms,
    UserDirectory users,
    IBackplaneObserver? observer = null)
{
    private readonly ConcurrentDictionary<string, ConnectionCell> _connections = new();

    public int Count => _connections.Count;

    public bool TryFind(ConnectionId id, [NotNullWhen(true)] out ConnectionCell? cell) =>
        _connections.TryGetValue(id.Value, out cell);

    public OpenResult Open(UserName user)
    {
        ConnectionId id = ConnectionId.Create(random);
        string token = ResumeToken.Create(id, random);
        (UserCell userCell, Position userHead) = users.Add(user, id, 1);

        // The user's own copy of the name: one string for all of its connections.
        var connection = new Connection(
            id, userCell.User.Name, TokenHash.Of(token), Fanout.Edge, options, Epoch.Create(random));
        _connections[id.Value] = new ConnectionCell(connection, userCell, fanout);
        observer?.OnConnected(id, userCell.User.Name);
        return new OpenResult(BackplaneStatus.Ok, id, 1, token, userHead, connection.Head);
    }

    public ResumeResult Resume(
        UserName user, string token, Position? userPosition, Position? connectionPosition, long now)
    {
        if (!ResumeToken.TryGetConnection(token, out ConnectionId id) || !TryFind(id, out ConnectionCell? cell))
        {
            return new ResumeResult(BackplaneStatus.NoSuchConnection, id, 0, [], default, default);
        }

        ResumeDecision decision;
        lock (cell)
        {
            decision = cell.Connection.Resume(user, token, Fanout.Edge, connectionPosition, now);
        }

        if (decision.Status != BackplaneStatus.Ok)
        {
            return new ResumeResult(decision.Status, id, 0, [], default, default);
        }

        if (decision.Replaced is { } replaced)
        {
            fanout.Disconnect(id, replaced.Number, DisconnectReason.Replaced);
            foreach (RoomName room in decision.Rooms)
            {
                rooms.Detach(room, id, replaced.Number);
            }
        }

        Recovery userFeed = UserDirectory.Attach(cell.User, id, decision.Attachment, userPosition, now);
        return new ResumeResult(
            BackplaneStatus.Ok, id, decision.Attachment, decision.Rooms, userFeed, decision.Own);
    }

    public void Detach(ConnectionId id, long attachment, long now)
    {
        if (!TryFind(id, out ConnectionCell? cell))
        {
            return;
        }

        IReadOnlyList<RoomName> joined;
        lock (cell)
        {
            if (!cell.Connection.Detach(attachment, now))
            {
                return;
            }

            joined = cell.Connection.Rooms;
            cell.Settle();
        }

        foreach (RoomName room in joined)
        {
            rooms.Detach(room, id, attachment);
        }

        UserDirectory.Detach(cell.User, id, attachment);
    }

    public void Close(ConnectionId id, long attachment, long now)
    {
        if (!TryFind(id, out ConnectionCell? cell))
        {
            return;
        }

        bool closed;
        lock (cell)
        {
            closed = cell.Connection.Close(attachment);
        }

        if (closed)
        {
            Remove(cell, DisconnectCause.Closed, now);
        }
    }

    public ValueTask<PublishResult> Send(ConnectionId id, in Publication publication, long now)
    {
        if (!TryFind(id, out ConnectionCell? cell))
        {
            return new(new PublishResult(BackplaneStatus.NoSuchConnection, default, false));
        }

        PublishResult result;
        bool pump;
        Task? caughtUp;
        lock (cell)
        {
            result = cell.Connection.Send(publication, now);
            pump = cell.Settle();
            caughtUp = cell.WaitToCatchUp();
        }

        return cell.Answer(pump, caughtUp, result);
    }

    public void Upkeep(ConnectionCell cell, long at, long now)
    {
        bool ended;
        lock (cell)
        {
            ended = cell.Expires(at, now);
            cell.Settle();
        }

        if (ended)
        {
            Remove(cell, DisconnectCause.Expired, now);
        }
    }

    private void Remove(ConnectionCell cell, DisconnectCause cause, long now)
    {
        ConnectionId id = cell.Connection.Id;
        IReadOnlyList<RoomName> joined;
        lock (cell)
        {
            if (cell.IsDropped)
            {
                return;
            }

            cell.IsDropped = true;
            joined = cell.Connection.Rooms;
        }

        _connections.TryRemove(id.Value, out _);
        foreach (RoomName room in joined)
        {
            rooms.Leave(room, id, now);
        }

        users.Remove(cell.User, id, now);
        observer?.OnDisconnected(id, cell.Connection.User, cause);
    }
}
