using System.Collections.Concurrent;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;

namespace Switchboard.Core.InProcess;

/// <summary>All rooms: finds or begins one, calls it under its lock, starts its pump.</summary>
internal sealed class RoomDirectory(RoomKinds kinds, IRandomSource random, Fanout fanout)
{
    private readonly ConcurrentDictionary<string, RoomCell> _rooms = new();

    public int Count => _rooms.Count;

    public JoinResult Join(RoomName room, in RoomJoin join, long now)
    {
        while (true)
        {
            RoomCell cell = GetOrAdd(room, now);
            JoinResult result;
            bool pump;
            lock (cell)
            {
                if (cell.IsDropped)
                {
                    continue;
                }

                result = cell.Room.Join(join, now);
                pump = cell.Settle();
            }

            return Pump(cell, pump, result);
        }
    }

    public JoinResult Rejoin(
        RoomName room, ConnectionId connection, Attachment attachment, Position? position, long now)
    {
        if (!_rooms.TryGetValue(room.Value, out RoomCell? cell))
        {
            return new JoinResult(BackplaneStatus.NotJoined, default, false, null);
        }

        JoinResult result;
        bool pump;
        lock (cell)
        {
            result = cell.Room.Rejoin(connection, attachment.Edge, attachment.Number, position, now);
            pump = cell.Settle();
        }

        return Pump(cell, pump, result);
    }

    public void Detach(RoomName room, ConnectionId connection, long attachment)
    {
        if (_rooms.TryGetValue(room.Value, out RoomCell? cell))
        {
            lock (cell)
            {
                cell.Room.Detach(connection, attachment);
            }
        }
    }

    public BackplaneStatus Leave(RoomName room, ConnectionId connection, long now)
    {
        if (!_rooms.TryGetValue(room.Value, out RoomCell? cell))
        {
            return BackplaneStatus.NotJoined;
        }

        BackplaneStatus status;
        bool pump;
        lock (cell)
        {
            status = cell.Room.Leave(connection, now);
            pump = cell.Settle();
        }

        return Pump(cell, pump, status);
    }

    /// <summary>A message of the server begins a room; one of a member finds it.</summary>
    public ValueTask<PublishResult> Publish(RoomName room, in Publication publication, long now)
    {
        while (true)
        {
            if (!_rooms.TryGetValue(room.Value, out RoomCell? cell))
            {
                if (publication.Sender is not null)
                {
                    return new(new PublishResult(BackplaneStatus.NotJoined, default, false));
                }

                cell = GetOrAdd(room, now);
            }

            PublishResult result;
            bool pump;
            Task? caughtUp;
            lock (cell)
            {
                if (cell.IsDropped)
                {
                    continue;
                }

                result = cell.Room.Publish(publication, now, out _);
                pump = cell.Settle();
                caughtUp = cell.WaitToCatchUp();
            }

            return cell.Answer(pump, caughtUp, result);
        }
    }

    public HistoryResult Read(string room, ConnectionId reader, HistoryQuery query, long now)
    {
        if (!_rooms.TryGetValue(room, out RoomCell? cell))
        {
            return new HistoryResult(BackplaneStatus.NotJoined, default, [], false);
        }

        lock (cell)
        {
            return cell.Room.Read(reader, query, now);
        }
    }

    public PresenceResult Presence(RoomName room, ConnectionId reader)
    {
        if (!_rooms.TryGetValue(room.Value, out RoomCell? cell))
        {
            return new PresenceResult(BackplaneStatus.NotJoined, null);
        }

        lock (cell)
        {
            return cell.Room.Presence(reader);
        }
    }

    public BackplaneStatus SetState(RoomName room, ConnectionId connection, ReadOnlyMemory<byte> state)
    {
        if (!_rooms.TryGetValue(room.Value, out RoomCell? cell))
        {
            return BackplaneStatus.NotJoined;
        }

        BackplaneStatus status;
        bool pump;
        lock (cell)
        {
            status = cell.Room.SetState(connection, state);
            pump = cell.Settle();
        }

        return Pump(cell, pump, status);
    }

    public void Upkeep(RoomCell cell, long at, long now)
    {
        lock (cell)
        {
            if (cell.Expires(at, now))
            {
                cell.IsDropped = true;
                _rooms.TryRemove(cell.Room.Name.Value, out _);
            }
            else
            {
                cell.Settle();
            }
        }
    }

    private static T Pump<T>(RoomCell cell, bool pump, T result)
    {
        if (pump)
        {
            cell.StartPump();
        }

        return result;
    }

    private RoomCell GetOrAdd(RoomName room, long now) =>
        _rooms.TryGetValue(room.Value, out RoomCell? cell)
            ? cell
            : _rooms.GetOrAdd(room.Value, Create, (Room: room, Directory: this, now));

    private static RoomCell Create(string name, (RoomName Room, RoomDirectory Directory, long Now) arguments) =>
        arguments.Directory.Create(arguments.Room, arguments.Now);

    private RoomCell Create(RoomName room, long now) =>
        new(new Room(room, kinds.For(room), Epoch.Create(random), now), fanout);
}
