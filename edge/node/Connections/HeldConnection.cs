using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Connections;
using Switchboard.Node.Feeds;

namespace Switchboard.Node.Connections;

/// <summary>
/// What this edge knows of a connection whose socket it has: enough to bring the connection up anew. There are many of
/// these: no list for the rooms, no lock of its own. Safe for concurrent use.
/// </summary>
internal sealed class HeldConnection(
    ConnectionId id, UserName user, TokenHash token, long attachment, long turn, RoomMembership[] unseen)
{
    // Rooms that it was resumed with and that are still to be rejoined: it is a member of them all the same.
    private RoomMembership[] _unseen = unseen;
    private HeldRoom[]? _rooms = [];

    public ConnectionId Id => id;

    public UserName User => user;

    public long Attachment => attachment;

    public bool IsMemberOf(RoomName room) => IndexOf(Volatile.Read(ref _rooms), room) >= 0;

    /// <summary>Notes a membership, or what is new about it; false once the connection is let go.</summary>
    /// <param name="room">The membership.</param>
    /// <param name="isNew">Whether it was not known.</param>
    public bool TrySet(in HeldRoom room, out bool isNew)
    {
        lock (this)
        {
            isNew = false;
            if (_rooms is null)
            {
                return false;
            }

            HasSeen(room.Room);
            int index = IndexOf(_rooms, room.Room);
            isNew = index < 0;
            HeldRoom[] rooms = isNew ? [.. _rooms, room] : [.. _rooms];
            rooms[isNew ? ^1 : index] = room;
            Volatile.Write(ref _rooms, rooms);
            return true;
        }
    }

    /// <summary>Notes a member's presence state.</summary>
    public void SetState(RoomName room, ReadOnlyMemory<byte> state)
    {
        lock (this)
        {
            int index = IndexOf(_rooms, room);
            if (index >= 0)
            {
                HeldRoom[] rooms = [.. _rooms!];
                rooms[index] = rooms[index] with { State = state };
                Volatile.Write(ref _rooms, rooms);
            }
        }
    }

    /// <summary>Forgets a membership; false where there was none.</summary>
    public bool Remove(RoomName room)
    {
        lock (this)
        {
            HasSeen(room);
            int index = IndexOf(_rooms, room);
            if (index < 0)
            {
                return false;
            }

            Volatile.Write(ref _rooms, [.. _rooms![..index], .. _rooms[(index + 1)..]]);
            return true;
        }
    }

    /// <summary>Lets the connection go: no more rooms are noted. The rooms that it was in.</summary>
    public HeldRoom[] Release()
    {
        lock (this)
        {
            HeldRoom[] rooms = _rooms ?? [];
            Volatile.Write(ref _rooms, null);
            return rooms;
        }
    }

    /// <summary>All that is known, for the cluster; null once the connection is let go, and its rooms with it.</summary>
    public ConnectionClaim? ToClaim(EdgeId edge, FeedCursors cursors)
    {
        List<RoomMembership> unseen;
        HeldRoom[] held;
        lock (this)
        {
            if (_rooms is null)
            {
                return null;
            }

            unseen = [.. _unseen];
            held = _rooms;
        }

        List<ClaimedRoom> rooms = [];
        foreach (HeldRoom room in held)
        {
            if (cursors.Seen(FeedId.Of(room.Room)) is { } seen)
            {
                rooms.Add(new ClaimedRoom { Room = room.Room, Watches = room.Watches, State = room.State, Seen = seen });
            }
            else
            {
                unseen.Add(new RoomMembership(room.Room, room.Watches));
            }
        }

        return new ConnectionClaim
        {
            User = user,
            Token = token,
            Edge = edge,
            Attachment = attachment,
            UserSeen = cursors.Seen(FeedId.Of(user)).GetValueOrDefault(),
            OwnSeen = cursors.Seen(FeedId.Of(id)).GetValueOrDefault(),
            Rooms = [.. rooms],
            Unseen = [.. unseen],
            Turn = turn,
        };
    }

    private void HasSeen(RoomName room)
    {
        if (_unseen.Length != 0)
        {
            _unseen = Array.FindAll(_unseen, joined => joined.Room != room);
        }
    }

    private static int IndexOf(HeldRoom[]? rooms, RoomName room)
    {
        for (int i = 0; i < rooms?.Length; i++)
        {
            if (rooms[i].Room == room)
            {
                return i;
            }
        }

        return -1;
    }
}
