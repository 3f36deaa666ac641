using Switchboard.Protocol.Envelope.Commands;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Protocol.Envelope.Protobuf;

/// <summary>Reads a command: the frame, the fields of ClientMessage, and then those of the command itself.</summary>
internal static class ProtoCommandDecoder
{
    private const int Id = 1;

    // The commands are numbered as their types are, behind the id.
    private const int FirstCommand = 2;
    private const int LastCommand = FirstCommand + CommandType.Refresh - CommandType.Connect;

    public static bool TryDecode(
        ReadOnlySpan<byte> message, FrameKind frame, out Command command, out ErrorEvent error)
    {
        command = default;
        if (frame != FrameKind.Binary)
        {
            error = new ErrorEvent(0, ErrorCodes.BadFrame, "a text message: this protocol has only binary ones");
            return false;
        }

        var fields = new ProtoFields();
        CommandType type = ReadEnvelope(ref fields, message, out long id, out ReadOnlySpan<byte> body);
        if (fields.ErrorCode is null)
        {
            fields.Scan(body);
        }

        if (fields.ErrorCode is null)
        {
            command = Decode(ref fields, type, id);
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

    private static CommandType ReadEnvelope(
        scoped ref ProtoFields fields, ReadOnlySpan<byte> message, out long id, out ReadOnlySpan<byte> body)
    {
        ulong given = 0;
        bool idIsNumber = true;
        int commands = 0;
        bool unknown = false;
        ProtoToken last = default;
        var reader = new ProtoReader(message);
        while (reader.TryNext(out ProtoToken field))
        {
            switch (field.Number)
            {
                case Id:
                    idIsNumber &= field.Wire == WireType.Varint;
                    given = field.Value;
                    break;
                case >= FirstCommand and <= LastCommand:
                    commands++;
                    last = field;
                    break;
                default:
                    unknown = true;
                    break;
            }
        }

        fields.Check(reader);
        bool valid = idIsNumber && given <= EnvelopeLimits.MaxInteger;
        if (!valid)
        {
            fields.Fail(ErrorCodes.BadField, "id must be a varint from 1 to 2^53-1, or 0 for none");
        }

        id = valid ? (long)given : 0;
        body = last.BytesIn(message);
        return ReadType(ref fields, commands, unknown, last);
    }

    private static CommandType ReadType(scoped ref ProtoFields fields, int commands, bool unknown, ProtoToken last)
    {
        if (commands == 0)
        {
            fields.Fail(
                unknown ? ErrorCodes.UnknownCommand : ErrorCodes.BadField,
                unknown ? "command is not one of the protocol's" : "command is missing");
            return CommandType.None;
        }

        if (commands > 1)
        {
            fields.Fail(ErrorCodes.BadField, "command is given twice: a message holds exactly one");
        }

        if (last.Wire != WireType.Bytes)
        {
            fields.Fail(ErrorCodes.BadField, "command must be delimited by its length");
        }

        return (CommandType)(last.Number - FirstCommand + (int)CommandType.Connect);
    }

    private static Command Decode(scoped ref ProtoFields fields, CommandType type, long id) => type switch
    {
        CommandType.Publish or CommandType.Send => ProtoMessageDecoder.Decode(ref fields, type, id),
        CommandType.Connect => ProtoConnectDecoder.Decode(ref fields, id),
        CommandType.History => ProtoHistoryDecoder.Decode(ref fields, id),
        CommandType.Ping => new Command { Type = type, Id = id },
        CommandType.Refresh => ProtoRefreshDecoder.Decode(ref fields, id),
        _ => ProtoRoomDecoder.Decode(ref fields, type, id),
    };
}
