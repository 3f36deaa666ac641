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

    public (UserCell User, Position Head) Add(UserName user, ConnectionId connection, long attachment)
    {
        while (true)
        {
            UserCell cell = _users.GetOrAdd(
                user.Value, static (_, arguments) => arguments.Directory.Create(arguments.user), (Directory: this, user));
            lock (cell)
            {
                if (!cell.IsDropped)
                {
                    return (cell, cell.User.Add(connection, Fanout.Edge, attachment));
                }
            }
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

    public PublishResult Send(UserName user, in Publication publication, long now)
    {
        if (!_users.TryGetValue(user.Value, out UserCell? cell))
        {
            return new PublishResult(BackplaneStatus.NoSuchConnection, default, false);
        }

        PublishResult result;
        bool pump;
        lock (cell)
        {
            // One that was dropped meanwhile says so itself: it has no connection, and nothing is kept.
            result = cell.User.Send(publication, now);
            pump = cell.Settle();
        }

        if (pump)
        {
            cell.StartPump();
        }

        return result;
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

    private UserCell Create(UserName user) => new(new User(user, options, Epoch.Create(random)), fanout);
}
