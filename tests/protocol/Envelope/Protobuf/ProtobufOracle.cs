using System.Text;
using Google.Protobuf;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Commands;

namespace Switchboard.Protocol.Tests.Envelope.Protobuf;

/// <summary>Compares what the codec read with what the generated classes read.</summary>
internal static class ProtobufOracle
{
    private static readonly MessageParser<V1.ClientMessage> Parser = V1.ClientMessage.Parser.WithDiscardUnknownFields(true);

    /// <summary>What the generated classes read; null where they refuse it.</summary>
    public static V1.ClientMessage? Parse(ReadOnlySpan<byte> message, out string fault)
    {
        fault = "";
        try
        {
            return Parser.ParseFrom(message);
        }
        catch (InvalidProtocolBufferException exception)
        {
            fault = exception.Message;
        }
        catch (Exception exception) when (exception is IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            // The library's own fault: a length that is nearly 2^31 overflows the limit that it reads up to.
            fault = exception.Message;
        }

        return null;
    }

    /// <summary>Names what differs; null when nothing does.</summary>
    public static string? Differs(V1.ClientMessage message, in Command command)
    {
        string? common = (int)message.CommandCase - 1 != (int)command.Type ? "type"
            : message.Id != (ulong)command.Id ? "id"
            : null;
        return common ?? message.CommandCase switch
        {
            V1.ClientMessage.CommandOneofCase.Connect => Connect(message.Connect, command),
            V1.ClientMessage.CommandOneofCase.Join => Join(message.Join, command),
            V1.ClientMessage.CommandOneofCase.Leave => Is(message.Leave.Room, command.Room) ? null : "room",
            V1.ClientMessage.CommandOneofCase.Publish => Publish(message.Publish, command),
            V1.ClientMessage.CommandOneofCase.Send => Send(message.Send, command),
            V1.ClientMessage.CommandOneofCase.History => History(message.History, command),
            V1.ClientMessage.CommandOneofCase.Presence => Is(message.Presence.Room, command.Room) ? null : "room",
            V1.ClientMessage.CommandOneofCase.State => State(message.State, command),
            _ => null,
        };
    }

    private static string? Connect(V1.ConnectCommand connect, in Command command) =>
        (connect.HasResume ? connect.Resume : null) != command.Resume ? "resume"
        : connect.Turn != (ulong)command.Turn ? "turn"
        : (connect.Positions is null) != (command.Positions is null) ? "positions"
        : connect.Positions is null ? null
        : !Is(connect.Positions.User, command.Positions!.User) ? "positions.user"
        : !Is(connect.Positions.Connection, command.Positions.Connection) ? "positions.connection"
        : connect.Positions.Rooms.Count != command.Positions.Rooms.Count ? "positions.rooms"
        : AreRooms(connect.Positions, command.Positions) ? null
        : "positions.rooms";

    private static string? Join(V1.JoinCommand join, in Command command) =>
        !Is(join.Room, command.Room) ? "room"
        : !Is(join.Position, command.Position) ? "position"
        : join.Presence != command.Presence ? "presence"
        : !IsJson(join.State, command.State) ? "state"
        : null;

    private static string? Publish(V1.PublishCommand publish, in Command command) =>
        !Is(publish.Room, command.Room) ? "room"
        : (!publish.HasEcho || publish.Echo) != command.Echo ? "echo"
        : (int)publish.MessageClass != (int)command.Class ? "message_class"
        : !Is(publish.Slot, command.Slot) ? "slot"
        : !Is(publish.Key, command.Key) ? "key"
        : Data(publish.DataCase == V1.PublishCommand.DataOneofCase.Binary, publish.Json, publish.Binary, command);

    private static string? Send(V1.SendCommand send, in Command command) =>
        !Is(send.User, command.User) ? "user"
        : !Is(send.Connection, command.Connection) ? "connection"
        : (int)send.MessageClass != (int)command.Class ? "message_class"
        : !Is(send.Slot, command.Slot) ? "slot"
        : !Is(send.Key, command.Key) ? "key"
        : Data(send.DataCase == V1.SendCommand.DataOneofCase.Binary, send.Json, send.Binary, command);

    private static string? History(V1.HistoryCommand history, in Command command) =>
        !Is(history.Room, command.Room) ? "room"
        : (int)history.OwnFeed != (int)command.Feed ? "own_feed"
        : !Is(history.Before ?? history.After, command.Position) ? "position"
        : (history.Order == V1.HistoryOrder.Newest || history.Before is not null) != command.NewestFirst ? "order"
        : (history.HasLimit ? history.Limit : 50) != command.Limit ? "limit"
        : null;

    private static string? State(V1.StateCommand state, in Command command) =>
        !Is(state.Room, command.Room) ? "room" : IsJson(state.State, command.State) ? null : "state";

    private static string? Data(bool binary, ByteString json, ByteString bytes, in Command command) =>
        binary != (command.DataKind == DataKind.Binary) ? "data"
        : binary && !bytes.Span.SequenceEqual(command.Data) ? "binary"
        : !binary && !IsJson(json, command.Data) ? "json"
        : null;

    private static bool AreRooms(V1.Positions positions, ConnectPositions read)
    {
        foreach ((string room, V1.Position position) in positions.Rooms)
        {
            if (!read.Rooms.TryGetValue(room, out FeedPosition known) || !Is(position, known))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Is(string text, ReadOnlySpan<byte> name) => Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(name);

    private static bool Is(V1.Position? position, FeedPosition? read) =>
        (position is null) == (read is null)
        && (position is null || new FeedPosition(position.Epoch, (long)position.Offset) == read);

    // The white space around it is not passed on.
    private static bool IsJson(ByteString json, ReadOnlySpan<byte> read) => json.Span.Trim(" \t\r\n"u8).SequenceEqual(read);
}
