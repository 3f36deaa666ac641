using System.Collections.Concurrent;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;
using Switchboard.Core.Storage;

namespace Switchboard.Core.InProcess;

/// <summary>All rooms: finds or begins one, calls it under its lock, starts its pump.</summary>
internal sealed class RoomDirectory(
    RoomKinds kinds,
    IRandomSource random,
    Fanout fanout,
    IFeedStore? store,
    TimeProvider time,
    IBackplaneObserver? observer = null)
{
    private readonly ConcurrentDictionary<string, RoomCell> _rooms = new();
    private readonly ConcurrentDictionary<string, Task<RoomCell?>> _reading = new();

    public int Count => _rooms.Count;

    public ValueTask<JoinResult> Join(RoomName room, RoomJoin join, long now)
    {
        while (true)
        {
            if (Find(room, now) is not { } cell)
            {
                return JoinAfterReadingAsync(room, join, now);
            }

            if (TryJoin(cell, join, now, out JoinResult result))
            {
                return new(result);
            }
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

                cell = Find(room, now);
                if (cell is null)
                {
                    return PublishAfterReadingAsync(room, publication, now);
                }
            }

            if (TryPublish(cell, publication, now, out ValueTask<PublishResult> answer))
            {
                return answer;
            }
        }
    }

    /// <summary>Completes when nothing is being committed or read.</summary>
    public Task DrainAsync() =>
        Task.WhenAll(_rooms.Values.Select(static cell => cell.DrainAsync()));

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

    /// <summary>The rooms there are now.</summary>
    public IEnumerable<RoomSummary> All =>
        _rooms.Select(static room => new RoomSummary(room.Value.Room.Name, room.Value.Room.MemberCount));

    /// <summary>Asks a room as the server; a durable one is read where it has to be.</summary>
    public async ValueTask<T> AskAsync<T>(RoomName room, Func<Room, T> ask, Func<BackplaneStatus, T> refuse)
    {
        if (!_rooms.TryGetValue(room.Value, out RoomCell? cell))
        {
            if (!kinds.For(room).Durable)
            {
                return refuse(BackplaneStatus.NoSuchRoom);
            }

            cell = await ReadAsync(room);
            if (cell is null)
            {
                return refuse(BackplaneStatus.Unavailable);
            }
        }

        lock (cell)
        {
            T answer = ask(cell.Room);
            cell.Settle();
            return answer;
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

    private static bool TryJoin(RoomCell cell, in RoomJoin join, long now, out JoinResult result)
    {
        bool pump;
        lock (cell)
        {
            if (cell.IsDropped)
            {
                result = default;
                return false;
            }

            result = cell.Room.Join(join, now);
            pump = cell.Settle();
        }

        Pump(cell, pump, result);
        return true;
    }

    private static bool TryPublish(
        RoomCell cell, in Publication publication, long now, out ValueTask<PublishResult> answer)
    {
        PublishResult result;
        Staged staged;
        bool pump;
        Task? caughtUp;
        lock (cell)
        {
            if (cell.IsDropped)
            {
                answer = default;
                return false;
            }

            result = cell.Room.Publish(publication, now, out staged);
            pump = cell.Settle();
            caughtUp = cell.WaitToCatchUp();
            cell.Commits?.Start();
        }

        ValueTask<PublishResult> settled = cell.Answer(pump, caughtUp, result);
        answer = staged.Commit is null ? settled : cell.AnswerAsync(staged);
        return true;
    }

    private async ValueTask<JoinResult> JoinAfterReadingAsync(RoomName room, RoomJoin join, long now)
    {
        while (await ReadAsync(room) is { } cell)
        {
            if (TryJoin(cell, join, now, out JoinResult result))
            {
                return result;
            }
        }

        return new JoinResult(BackplaneStatus.Unavailable, default, false, null);
    }

    private async ValueTask<PublishResult> PublishAfterReadingAsync(RoomName room, Publication publication, long now)
    {
        while (await ReadAsync(room) is { } cell)
        {
            if (TryPublish(cell, publication, now, out ValueTask<PublishResult> answer))
            {
                return await answer;
            }
        }

        return new PublishResult(BackplaneStatus.Unavailable, default, false);
    }

    // Null where the room is durable and has to be read first.
    private RoomCell? Find(RoomName room, long now) =>
        _rooms.TryGetValue(room.Value, out RoomCell? cell) ? cell
        : kinds.For(room).Durable ? null
        : _rooms.GetOrAdd(
            room.Value,
            static (_, arguments) => arguments.Directory.Begin(arguments.Room, arguments.Now),
            (Directory: this, Room: room, Now: now));

    private RoomCell Begin(RoomName room, long now)
    {
        RoomOptions options = kinds.For(room);
        return new(new Room(room, options, Epoch.Create(random), now), options, fanout, store, time, observer);
    }

    // All that need the room meanwhile wait for the same reading. Null where the store can't be read.
    private async Task<RoomCell?> ReadAsync(RoomName room)
    {
        var begun = new TaskCompletionSource<RoomCell?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<RoomCell?> reading = _reading.GetOrAdd(room.Value, begun.Task);
        if (reading != begun.Task)
        {
            return await reading;
        }

        RoomCell? cell = null;
        try
        {
            if (!_rooms.TryGetValue(room.Value, out cell))
            {
                cell = await LoadAsync(room);
            }
        }
        finally
        {
            _reading.TryRemove(room.Value, out _);
            begun.SetResult(cell);
        }

        return cell;
    }

    private async Task<RoomCell?> LoadAsync(RoomName room)
    {
        RoomOptions options = kinds.For(room);
        LoadResult loaded = await store!.LoadAsync(
            FeedId.Of(room), Epoch.Create(random), options.Feed, after: 0, CancellationToken.None);
        if (loaded.Status != StoreStatus.Ok)
        {
            return null;
        }

        var begun = new Room(room, options, loaded.Feed!, time.GetUtcNow().ToUnixTimeMilliseconds());
        var cell = new RoomCell(begun, options, fanout, store, time, observer);
        _rooms[room.Value] = cell;
        return cell;
    }
}
