using System.Text.Json;
using Switchboard.Client.Wire;

namespace Switchboard.Client.Session;

/// <summary>Takes the events of the server. Under the session's lock.</summary>
internal sealed class SessionEvents(SessionCore session, ISessionHost host, MessageFields fields)
{
    private readonly EventReader _event = new();

    /// <exception cref="JsonException">It is not an event of the protocol.</exception>
    public void Take(ReadOnlyMemory<byte> message, bool isBinary)
    {
        ReadOnlyMemory<byte> header = message;
        ReadOnlyMemory<byte> payload = default;
        if (isBinary)
        {
            (header, payload) = EventReader.Split(message);
        }

        _event.Read(header.Span);
        switch (_event.Type)
        {
            case EventType.Message:
                ReadOnlySpan<byte> data = isBinary ? payload.Span : header.Span[_event.Data];
                TakeMessage(_event.Base64 ?? data, isBinary || _event.Base64 is not null);
                break;
            case EventType.Published or EventType.Sent or EventType.Ok or EventType.History:
                session.Outbox.Answered(_event.Id)?.Succeed(_event, message);
                break;
            case EventType.Error:
                TakeError();
                break;
            case EventType.Left:
                TakeLeft();
                break;
            case EventType.Lost:
                TakeLost();
                break;
            case EventType.Expiring:
                TakeExpiring();
                break;
            case EventType.Welcome or EventType.Joined or EventType.Presence or EventType.PresenceChange:
                TakeDocument(message);
                break;
        }
    }

    private void TakeMessage(ReadOnlySpan<byte> data, bool isBinary)
    {
        if (_event.Room.IsEmpty)
        {
            Feed own = _event.IsConnectionFeed ? session.Feeds.Connection : session.Feeds.User;
            DirectMessage direct = new(_event.IsConnectionFeed);
            fields.Fill(direct, _event, PositionIn(own), data, isBinary);
            session.Feeds.OnMessage(_event.IsConnectionFeed, direct);
            return;
        }

        if (session.Rooms.Find(_event.Room) is not { } room
            || (_event.Offset >= 0 && !room.Feed.Take(_event.Offset)))
        {
            return;
        }

        // Who is told of a room that was given looks at it only then.
        bool isListenedTo = room.IsBeingGiven || room.Events?.WantsMessages == true;
        if (!isListenedTo && room.Streams.IsEmpty)
        {
            return;
        }

        RoomMessage message = new(room.Name);
        fields.Fill(message, _event, PositionIn(room.Feed), data, isBinary);
        room.Streams.Write(message);
        if (isListenedTo)
        {
            host.Tell(static (room, message) => ((RoomSession)room).Events?.OnMessage((RoomMessage)message!), room, message);
        }
    }

    private Position PositionIn(Feed feed) =>
        _event.Offset < 0 ? default : new Position(feed.Position.Life, _event.Offset);

    private void TakeError()
    {
        string code = _event.Code ?? "internal";
        string text = _event.Text ?? code;
        TimeSpan? pause = _event.RetryAfter < 0 ? null : TimeSpan.FromMilliseconds(_event.RetryAfter);
        if (!session.IsConnected && (_event.Id == 0 || _event.Id == session.ConnectId))
        {
            session.OnConnectRefused(code, text, pause ?? TimeSpan.Zero);
            return;
        }

        if (session.Outbox.Answered(_event.Id) is not { } command)
        {
            return;
        }

        if (_event.Retry)
        {
            session.Outbox.Retry(command, session.Now, pause?.Ticks ?? 0);
            session.Arm(command.NotBefore);
        }
        else
        {
            command.Fail(new SwitchboardException(code, text, false, pause));
        }
    }

    private void TakeLeft()
    {
        session.Outbox.Answered(_event.Id)?.Succeed(_event, default);
        if (session.Rooms.Find(_event.Room) is { } room)
        {
            session.Rooms.OnLeft(room, _event.Text, isAnswer: _event.Id != 0);
        }
    }

    private void TakeLost()
    {
        if (_event.Room.IsEmpty)
        {
            session.Feeds.OnLost(_event.IsConnectionFeed, _event.Position);
        }
        else if (session.Rooms.Find(_event.Room) is { } room)
        {
            session.Rooms.TellLost(room, room.Feed.Lose(_event.Position));
        }
    }

    private void TakeExpiring()
    {
        if (_event.Room.IsEmpty)
        {
            host.GetToken(null);
        }
        else if (session.Rooms.Find(_event.Room) is { Options.Token: not null } room)
        {
            host.GetToken(room);
        }
    }

    private void TakeDocument(ReadOnlyMemory<byte> message)
    {
        using JsonDocument document = JsonDocument.Parse(message);
        JsonElement what = document.RootElement;
        switch (_event.Type)
        {
            case EventType.Welcome:
                session.OnWelcome(what);
                break;
            case EventType.Joined:
                session.Outbox.Answered(_event.Id)?.Succeed(_event, message);
                session.Rooms.OnJoined(what);
                break;
            case EventType.Presence:
                TakePresence(what, message);
                break;
            default:
                TakePresenceChange(what);
                break;
        }
    }

    private void TakePresence(JsonElement what, ReadOnlyMemory<byte> message)
    {
        if (session.Rooms.Find(what.Text("room")) is { Options.Presence: true } room
            && room.Presence.Take(what, isStart: false) is { } change)
        {
            session.Rooms.TellPresence(room, change);
        }

        session.Outbox.Answered(_event.Id)?.Succeed(_event, message);
    }

    private void TakePresenceChange(JsonElement what)
    {
        if (session.Rooms.Find(what.Text("room")) is not { } room)
        {
            return;
        }

        if (!room.Presence.TryApply(what, out PresenceChange? change))
        {
            AskPresence(room);
        }
        else if (change is not null)
        {
            session.Rooms.TellPresence(room, change);
        }
    }

    // Something is missing: the answer is a whole snapshot.
    private void AskPresence(RoomSession room)
    {
        PendingQuery<bool> query = new(room, static _ => true, static _ => { })
        {
            Id = session.NextId(),
            Deadline = session.Now + session.CommandTimeout,
        };
        RoomCommands.WritePresence(query, room);
        session.Outbox.AddEarly(query);
        session.Arm(query.Deadline);
        host.Wake();
    }
}
