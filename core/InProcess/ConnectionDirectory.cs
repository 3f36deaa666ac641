using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Users;

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

    public OpenResult Open(UserName user, long now)
    {
        ConnectionId id = ConnectionId.Create(random);
        string token = ResumeToken.Create(id, random);
        (UserCell userCell, Position userHead, Ban? ban) = users.Add(user, id, 1, now);
        if (ban is not null)
        {
            return Refuse(ban);
        }

        // The user's own copy of the name: one string for all of its connections.
        var connection = new Connection(
            id, userCell.User.Name, TokenHash.Of(token), Fanout.Edge, options, Epoch.Create(random));
        ConnectionCell cell = new(connection, userCell, fanout);
        _connections[id.Value] = cell;
        if (UserDirectory.FindBan(userCell, now) is { } late)
        {
            // Whoever banned the user meanwhile may not have found the connection here yet.
            Remove(cell, DisconnectCause.Closed, now);
            return Refuse(late);
        }

        lock (cell)
        {
            if (connection.HasEnded)
            {
                // A server has ended it already.
                return new OpenResult(BackplaneStatus.Unavailable, default, 0, string.Empty, default, default);
            }

            cell.IsTold = true;
            observer?.OnConnected(id, userCell.User.Name);
        }

        return new OpenResult(BackplaneStatus.Ok, id, 1, token, userHead, connection.Head);
    }

    public ResumeResult Resume(
        UserName user, string token, Position? userPosition, Position? connectionPosition, long turn, long now)
    {
        if (!ResumeToken.TryGetConnection(token, out ConnectionId id) || !TryFind(id, out ConnectionCell? cell))
        {
            return new ResumeResult(BackplaneStatus.NoSuchConnection, id, 0, [], default, default);
        }

        ResumeDecision decision;
        lock (cell)
        {
            decision = cell.Connection.Resume(user, token, Fanout.Edge, connectionPosition, now, turn);
        }

        if (decision.Status != BackplaneStatus.Ok)
        {
            return new ResumeResult(decision.Status, id, 0, [], default, default);
        }

        if (decision.Replaced is { } replaced)
        {
            fanout.Disconnect(id, replaced.Number, DisconnectReason.Replaced);
            foreach (RoomMembership joined in decision.Rooms)
            {
                rooms.Detach(joined.Room, id, replaced.Number);
            }
        }

        Recovery userFeed = UserDirectory.Attach(cell.User, id, decision.Attachment, userPosition, now);
        return new ResumeResult(
            BackplaneStatus.Ok, id, decision.Attachment, decision.Rooms, userFeed, decision.Own);
    }

    public OwnerResult FindOwner(string token, long now)
    {
        if (!ResumeToken.TryGetConnection(token, out ConnectionId id) || !TryFind(id, out ConnectionCell? cell))
        {
            return new OwnerResult(BackplaneStatus.NoSuchConnection, default);
        }

        lock (cell)
        {
            return cell.Connection.FindOwner(token, now);
        }
    }

    public ForwardResult Forward(UserName user, string token, ReadOnlyMemory<byte> request, long now)
    {
        if (!ResumeToken.TryGetConnection(token, out ConnectionId id) || !TryFind(id, out ConnectionCell? cell))
        {
            return new ForwardResult(BackplaneStatus.NoSuchConnection, default);
        }

        BackplaneStatus status;
        Attachment? holder;
        lock (cell)
        {
            status = cell.Connection.Authorize(user, token, now);
            holder = cell.Connection.Attachment;
        }

        return status == BackplaneStatus.Ok && holder is { } attachment
            ? new ForwardResult(status, fanout.Receive(id, attachment.Number, request))
            : new ForwardResult(status, default);
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

    public ConnectionView Inspect(ConnectionId id, long now)
    {
        if (!TryFind(id, out ConnectionCell? cell))
        {
            return ConnectionView.Refuse(BackplaneStatus.NoSuchConnection);
        }

        lock (cell)
        {
            return cell.Connection.Inspect(now);
        }
    }

    /// <summary>The socket that holds a connection; null where none does, or there is no such connection.</summary>
    public Attachment? HolderOf(ConnectionId id)
    {
        if (!TryFind(id, out ConnectionCell? cell))
        {
            return null;
        }

        lock (cell)
        {
            return cell.Connection.Attachment;
        }
    }

    /// <summary>Ends a connection, whoever holds it; false where it is not there.</summary>
    public bool End(ConnectionId id, DisconnectReason reason, long now)
    {
        if (!TryFind(id, out ConnectionCell? cell))
        {
            return false;
        }

        Attachment? holder;
        lock (cell)
        {
            holder = cell.Connection.Attachment;
            if (!cell.Connection.IsAlive(now) || !cell.Connection.Close(cell.Connection.AttachmentNumber))
            {
                return false;
            }
        }

        Remove(cell, DisconnectCause.Closed, now);
        if (holder is { } attachment)
        {
            fanout.Disconnect(id, attachment.Number, reason);
        }

        return true;
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

    private static OpenResult Refuse(Ban ban) =>
        new(BackplaneStatus.Banned, default, 0, string.Empty, default, default, ban);

    // Nobody hears of the end of a connection that nobody has heard of.
    private void Remove(ConnectionCell cell, DisconnectCause cause, long now)
    {
        ConnectionId id = cell.Connection.Id;
        IReadOnlyList<RoomName> joined;
        bool told;
        lock (cell)
        {
            if (cell.IsDropped)
            {
                return;
            }

            cell.IsDropped = true;
            told = cell.IsTold;
            joined = cell.Connection.Rooms;
        }

        _connections.TryRemove(id.Value, out _);
        foreach (RoomName room in joined)
        {
            rooms.Leave(room, id, now);
        }

        users.Remove(cell.User, id, now);
        if (told)
        {
            observer?.OnDisconnected(id, cell.Connection.User, cause);
        }
    }
}
