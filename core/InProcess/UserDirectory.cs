using System.Collections.Concurrent;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Users;

namespace Switchboard.Core.InProcess;

/// <summary>All users that have a connection, or something kept for one to come.</summary>
internal sealed class UserDirectory(FeedOptions options, IRandomSource random, Fanout fanout)
{
    private readonly ConcurrentDictionary<string, UserCell> _users = new();

    public int Count => _users.Count;

    /// <summary>Adds a connection, unless the user is banned.</summary>
    public (UserCell User, Position Head, Ban? Ban) Add(UserName user, ConnectionId connection, long attachment, long now)
    {
        while (true)
        {
            UserCell cell = FindOrCreate(user);
            lock (cell)
            {
                if (!cell.IsDropped)
                {
                    return cell.User.FindBan(now) is { } ban
                        ? (cell, default, ban)
                        : (cell, cell.User.Add(connection, Fanout.Edge, attachment), null);
                }
            }
        }
    }

    /// <summary>Sets or ends a ban; the connections that the user has.</summary>
    public IReadOnlyList<ConnectionId> SetBan(UserName user, Ban? ban, long now)
    {
        while (true)
        {
            UserCell cell = FindOrCreate(user);
            lock (cell)
            {
                if (!cell.IsDropped)
                {
                    cell.User.SetBan(ban);
                    cell.Settle();
                    DropIf(cell, cell.User.CanCollect(now));
                    return cell.User.Connections;
                }
            }
        }
    }

    public static Ban? FindBan(UserCell cell, long now)
    {
        lock (cell)
        {
            return cell.User.FindBan(now);
        }
    }

    public IReadOnlyList<ConnectionId> ConnectionsOf(UserName user)
    {
        if (!_users.TryGetValue(user.Value, out UserCell? cell))
        {
            return [];
        }

        lock (cell)
        {
            return cell.User.Connections;
        }
    }

    public UserView Inspect(UserName user, string? after, int limit, long now)
    {
        if (!_users.TryGetValue(user.Value, out UserCell? cell))
        {
            return new UserView(BackplaneStatus.Ok, 0, [], false, null);
        }

        lock (cell)
        {
            return cell.User.Inspect(after, limit, now);
        }
    }

    public static Recovery Attach(
        UserCell cell, ConnectionId connection, long attachment, Position? position, long now)
    {
        lock (cell)
        {
            return cell.User.Attach(connection, Fanout.Edge, attachment, position, now);
        }
    }

    public static void Detach(UserCell cell, ConnectionId connection, long attachment)
    {
        lock (cell)
        {
            cell.User.Detach(connection, attachment);
        }
    }

    public void Remove(UserCell cell, ConnectionId connection, long now)
    {
        lock (cell)
        {
            cell.User.Remove(connection);
            DropIf(cell, cell.User.CanCollect(now));
        }
    }

    public ValueTask<PublishResult> Send(UserName user, in Publication publication, long now)
    {
        if (!_users.TryGetValue(user.Value, out UserCell? cell))
        {
            return new(new PublishResult(BackplaneStatus.NoSuchConnection, default, false));
        }

        PublishResult result;
        bool pump;
        Task? caughtUp;
        lock (cell)
        {
            // One that was dropped meanwhile says so itself: it has no connection, and nothing is kept.
            result = cell.User.Send(publication, now);
            pump = cell.Settle();
            caughtUp = cell.WaitToCatchUp();
        }

        return cell.Answer(pump, caughtUp, result);
    }

    public static HistoryResult Read(UserCell cell, ConnectionId reader, HistoryQuery query, long now)
    {
        lock (cell)
        {
            return cell.User.Read(reader, query, now);
        }
    }

    public void Upkeep(UserCell cell, long at, long now)
    {
        lock (cell)
        {
            DropIf(cell, cell.Expires(at, now));
            if (!cell.IsDropped)
            {
                cell.Settle();
            }
        }
    }

    private void DropIf(UserCell cell, bool expired)
    {
        if (expired && !cell.IsDropped)
        {
            cell.IsDropped = true;
            _users.TryRemove(cell.User.Name.Value, out _);
        }
    }

    private UserCell FindOrCreate(UserName user) => _users.GetOrAdd(
        user.Value, static (_, arguments) => arguments.Directory.Create(arguments.user), (Directory: this, user));

    private UserCell Create(UserName user) => new(new User(user, options, Epoch.Create(random)), fanout);
}
