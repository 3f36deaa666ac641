using System.Buffers.Binary;
using System.Text.Unicode;
using Switchboard.Protocol.Envelope.Commands;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Protocol.Envelope.Json;

/// <summary>Reads a command: the frame, the JSON, what all commands have, and then what its type has.</summary>
internal static class JsonCommandDecoder
{
    public static bool TryDecode(
        ReadOnlySpan<byte> message, FrameKind frame, Span<byte> scratch, out Command command, out ErrorEvent error)
    {
        command = default;
        ReadOnlySpan<byte> header = message;
        ReadOnlySpan<byte> payload = default;
        if (frame == FrameKind.Binary && !TrySplit(message, out header, out payload))
        {
            error = new ErrorEvent(0, ErrorCodes.BadFrame, "the length of the header exceeds the message");
            return false;
        }

        if (!Utf8.IsValid(header))
        {
            error = new ErrorEvent(0, ErrorCodes.BadJson, "not UTF-8");
            return false;
        }

        var fields = new FieldReader(header, scratch);
        fields.Scan();
        long id = fields.Integer(Field.Id, 1, EnvelopeLimits.MaxInteger, otherwise: 0);
        CommandType type = ReadType(ref fields);
        if (fields.ErrorCode is null)
        {
            command = Decode(ref fields, type, id, frame, payload);
        }

        if (fields.ErrorCode is null)
        {
            error = default;
            return true;
        }

        command = default;
        error = new ErrorEvent(id, fields.ErrorCode, fields.ErrorText);
        return false;
    }

    // A binary message: the header's length in two bytes, the highest first; the header; the payload.
    private static bool TrySplit(
        ReadOnlySpan<byte> message, out ReadOnlySpan<byte> header, out ReadOnlySpan<byte> payload)
    {
        header = default;
        payload = default;
        if (message.Length < 2)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(message);
        if (length > message.Length - 2)
        {
            return false;
        }

        header = message.Slice(2, length);
        payload = message[(2 + length)..];
        return true;
    }

    private static CommandType ReadType(scoped ref FieldReader fields)
    {
        ReadOnlySpan<byte> word = fields.Word(Field.Type, required: true);
        CommandType type = word.Length switch
        {
            4 when word.SequenceEqual("send"u8) => CommandType.Send,
            4 when word.SequenceEqual("join"u8) => CommandType.Join,
            4 when word.SequenceEqual("ping"u8) => CommandType.Ping,
            5 when word.SequenceEqual("leave"u8) => CommandType.Leave,
            5 when word.SequenceEqual("state"u8) => CommandType.State,
            7 when word.SequenceEqual("publish"u8) => CommandType.Publish,
            7 when word.SequenceEqual("connect"u8) => CommandType.Connect,
            7 when word.SequenceEqual("history"u8) => CommandType.History,
            7 when word.SequenceEqual("refresh"u8) => CommandType.Refresh,
            8 when word.SequenceEqual("presence"u8) => CommandType.Presence,
            _ => CommandType.None,
        };

        if (type == CommandType.None)
        {
            fields.Fail(ErrorCodes.UnknownCommand, "type is not one of the protocol's commands");
        }

        return type;
    }

    private static Command Decode(
        scoped ref FieldReader fields, CommandType type, long id, FrameKind frame, ReadOnlySpan<byte> payload)
    {
        if (type is CommandType.Publish or CommandType.Send)
        {
            return MessageDecoder.Decode(ref fields, type, id, frame, payload);
        }

        if (frame == FrameKind.Binary)
        {
            fields.Fail(ErrorCodes.BadFrame, "only publish and send may be binary");
        }

        return type switch
        {
            CommandType.Connect => ConnectDecoder.Decode(ref fields, id),
            CommandType.History => HistoryDecoder.Decode(ref fields, id),
            CommandType.Ping => new Command { Type = type, Id = id },
            CommandType.Refresh => new Command
            {
                Type = type,
                Id = id,
                Room = fields.Name(Field.Room, EnvelopeLimits.NameBytes),
                Token = fields.Token(required: true),
            },
            _ => RoomDecoder.Decode(ref fields, type, id),
        };
    }
}
