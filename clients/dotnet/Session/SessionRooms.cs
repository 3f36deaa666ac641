using System.Text.Json;
using Switchboard.Client.Wire;

namespace Switchboard.Client.Session;

/// <summary>The rooms of a session, and the steps that they take.</summary>
internal sealed class SessionRooms(Outbox outbox, ISessionHost host, IClientEvents client, Func<long> nextId)
{
    private readonly NameTable<RoomSession> _rooms = new();

    public IReadOnlyCollection<RoomSession> All => _rooms.Values;

    public RoomSession Get(string name)
    {
        if (!_rooms.TryGetValue(name, out RoomSession? room))
        {
            room = new RoomSession(name);
            _rooms.Set(name, room);
        }

        return room;
    }

    public RoomSession? Find(ReadOnlySpan<char> name) =>
        _rooms.TryGetValue(name, out RoomSession? room) ? room : null;

    /// <summary>Takes the step that leads on, if there is one.</summary>
    public void Advance(RoomSession room)
    {
        RoomStep step = room.NextStep;
        if (step == RoomStep.GetToken)
        {
            if (!room.IsTokenAwaited)
            {
                room.IsTokenAwaited = true;
                host.GetToken(room);
            }
        }
        else if (step != RoomStep.None)
        {
            PendingStep pending = step switch
            {
                RoomStep.Join => new PendingStep(room, static () => { }, error => OnJoinRefused(room, error)),
                RoomStep.Leave => new PendingStep(room, static () => { }, error => OnLeaveRefused(room, error)),
                _ => new PendingStep(room, () => OnStateSet(room), error => OnStateRefused(room, error)),
            };
            pending.Id = nextId();
            RoomCommands.WriteStep(pending, room, step);
            room.OnSent(step);
            outbox.AddEarly(pending);
            host.Wake();
        }
    }

    /// <summary>The connection is a new one, or a resumed one with these rooms.</summary>
    public void OnWelcome(bool resumed, JsonElement rooms)
    {
        if (!resumed)
        {
            foreach (RoomSession room in _rooms.Values)
            {
                room.OnOut(room.IsWanted);
            }
        }
        else
        {
            Resume(rooms);
        }

        foreach (RoomSession room in _rooms.Values)
        {
            Advance(room);
        }
    }

    /// <summary>Another welcome of a connection that polls.</summary>
    public void OnWelcomeAgain(JsonElement rooms)
    {
        foreach (RoomSession room in _rooms.Values)
        {
            if (room.Membership == Membership.In && !IsIn(rooms, room))
            {
                Lose(room, "removed");
            }
        }

        TakeStarts(rooms);
    }

    public void OnJoined(JsonElement what)
    {
        RoomSession room = Get(what.Text("room")!);
        bool isGiven = room.Membership == Membership.Out;
        Joined joined = TakeStart(room, what);
        room.OnJoined(joined);
        if (isGiven)
        {
            TellGiven(room);
        }

        if (room.Events is { } events)
        {
            host.Tell(static (room, joined) => ((IRoomEvents)room).OnJoined((Joined)joined!), events, joined);
        }

        Advance(room);
    }

    /// <summary>The connection is not a member any more, as the program or the server wanted it.</summary>
    public void OnLeft(RoomSession room, string? reason, bool isAnswer)
    {
        if (!isAnswer && room.Membership == Membership.Leaving)
        {
            // The answer to the leave comes yet, and says the same.
            return;
        }

        room.OnOut(isAnswer && room.IsWanted);
        TellLeft(room, reason);
        Advance(room);
    }

    /// <summary>Takes a start of a room's feed, and its presence.</summary>
    private Joined TakeStart(RoomSession room, JsonElement start)
    {
        bool? recovered = start.Flag("recovered");
        string? reason = start.Text("reason");
        Position position = start.ReadPosition();
        if (room.Feed.Start(position, recovered, reason) is { } loss)
        {
            TellLost(room, loss);
        }

        if (start.TryGetProperty("presence", out JsonElement presence) && room.Presence.Take(presence, isStart: true) is { } change)
        {
            TellPresence(room, change);
        }

        return new Joined(position, recovered == true, reason);
    }

    public void TellLost(RoomSession room, Loss loss)
    {
        room.Streams.Lose(loss);
        if (room.Events is { } events)
        {
            host.Tell(static (room, loss) => ((IRoomEvents)room).OnLost((Loss)loss!), events, loss);
        }
    }

    public void TellPresence(RoomSession room, PresenceChange change)
    {
        if (room.Events is { } events)
        {
            host.Tell(static (room, change) => ((IRoomEvents)room).OnPresence((PresenceChange)change!), events, change);
        }
    }

    private void Resume(JsonElement rooms)
    {
        foreach (RoomSession room in _rooms.Values.ToArray())
        {
            bool isIn = IsIn(rooms, room);
            if (!isIn && room is { IsWanted: true, Membership: Membership.In, Leaving: null, Options.Token: null })
            {
                // It was there when the connection broke: somebody has taken it out since.
                Lose(room, "removed");
            }
            else
            {
                room.OnResumed(isIn);
            }
        }

        TakeStarts(rooms);
    }

    private void TakeStarts(JsonElement rooms)
    {
        if (rooms.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (JsonProperty start in rooms.EnumerateObject())
        {
            RoomSession room = Get(start.Name);
            if (room.Membership == Membership.Out)
            {
                // Given by a server, while the connection was away.
                room.OnJoined(new Joined(start.Value.ReadPosition(), false, null));
                TellGiven(room);
            }

            TakeStart(room, start.Value);
        }
    }

    private static bool IsIn(JsonElement rooms, RoomSession room) =>
        rooms.ValueKind == JsonValueKind.Object && rooms.TryGetProperty(room.Name, out _);

    // What comes until the program has heard of it waits behind that, though nobody listens to the room yet.
    private void TellGiven(RoomSession room)
    {
        room.IsBeingGiven = true;
        host.Tell(
            static (whom, given) =>
            {
                RoomSession room = (RoomSession)given!;
                try
                {
                    ((IClientEvents)whom).OnRoomGiven(room);
                }
                finally
                {
                    room.IsBeingGiven = false;
                }
            },
            client,
            room);
    }

    private void Lose(RoomSession room, string reason)
    {
        room.OnOut(isWanted: false);
        TellLeft(room, reason);
    }

    private void TellLeft(RoomSession room, string? reason)
    {
        if (room.Events is { } events)
        {
            host.Tell(static (room, reason) => ((IRoomEvents)room).OnLeft((string?)reason), events, reason);
        }
    }

    /// <summary>The room can't be joined: whoever waits for it is told, or else that it is left.</summary>
    public void OnJoinRefused(RoomSession room, SwitchboardException error)
    {
        if (error.Code == ErrorCodes.AlreadyJoined)
        {
            room.OnJoined(new Joined(room.Feed.Position, false, null));
        }
        else if (!room.OnRefused(error))
        {
            TellLeft(room, error.Code);
        }

        Advance(room);
    }

    private void OnLeaveRefused(RoomSession room, SwitchboardException error)
    {
        room.OnOut(room.IsWanted);
        TellLeft(room, error.Code == ErrorCodes.NotJoined ? null : error.Code);
        Advance(room);
    }

    private void OnStateSet(RoomSession room)
    {
        room.OnStateSet();
        Advance(room);
    }

    private void OnStateRefused(RoomSession room, SwitchboardException error)
    {
        room.OnStateRefused(error);
        Advance(room);
    }
}
