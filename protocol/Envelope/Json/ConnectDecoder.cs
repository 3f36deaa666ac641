using System.Text;
using Switchboard.Protocol.Envelope.Commands;

namespace Switchboard.Protocol.Envelope.Json;

/// <summary>Reads connect. Rare, so it may allocate: in proportion to what was sent.</summary>
internal static class ConnectDecoder
{
    public static Command Decode(scoped ref FieldReader fields, long id)
    {
        ReadOnlySpan<byte> token = fields.Name(Field.Resume, EnvelopeLimits.ResumeTokenBytes);
        ReadOnlySpan<byte> positions = fields.Object(Field.Positions);
        if (!positions.IsEmpty && !fields.Has(Field.Resume))
        {
            fields.Fail(Field.Positions, "goes only with resume");
        }

        long turn = fields.Integer(Field.Turn, 1, EnvelopeLimits.MaxInteger, otherwise: 0);
        if (turn != 0 && !fields.Has(Field.Resume))
        {
            fields.Fail(Field.Turn, "goes only with resume");
        }

        return new Command
        {
            Type = CommandType.Connect,
            Id = id,
            Token = fields.Token(),
            Turn = turn,
            Resume = token.IsEmpty ? null : Encoding.UTF8.GetString(token),
            Positions = positions.IsEmpty ? null : ReadPositions(ref fields, positions),
        };
    }

    private static ConnectPositions ReadPositions(scoped ref FieldReader fields, ReadOnlySpan<byte> json)
    {
        Span<byte> scratch = stackalloc byte[EnvelopeLimits.ScratchBytes];
        FeedPosition? user = null;
        FeedPosition? connection = null;
        Dictionary<string, FeedPosition>? rooms = null;
        var members = new JsonObjectReader(json, EnvelopeLimits.MessageDepth);
        while (members.TryNext(out JsonToken name, out JsonToken value))
        {
            ReadOnlySpan<byte> member = JsonValues.ReadWord(name, json, scratch);
            if (member.SequenceEqual("user"u8))
            {
                user = ReadPosition(ref fields, value, json, user is not null);
            }
            else if (member.SequenceEqual("connection"u8))
            {
                connection = ReadPosition(ref fields, value, json, connection is not null);
            }
            else if (member.SequenceEqual("rooms"u8))
            {
                rooms = ReadRooms(ref fields, value, json, rooms is not null);
            }
        }

        return new ConnectPositions(user, connection, rooms ?? []);
    }

    private static Dictionary<string, FeedPosition> ReadRooms(
        scoped ref FieldReader fields, JsonToken token, ReadOnlySpan<byte> text, bool again)
    {
        Span<byte> scratch = stackalloc byte[EnvelopeLimits.ScratchBytes];
        Dictionary<string, FeedPosition> rooms = [];
        if (again || token.Kind != JsonKind.Object)
        {
            fields.Fail(Field.Positions, again ? "names rooms twice" : "must hold rooms as an object");
            return rooms;
        }

        ReadOnlySpan<byte> json = token.RawIn(text);
        var members = new JsonObjectReader(json, EnvelopeLimits.MessageDepth);
        while (fields.ErrorCode is null && members.TryNext(out JsonToken name, out JsonToken value))
        {
            if (JsonValues.ReadName(name, json, EnvelopeLimits.NameBytes, scratch, out var room, out _) is { } problem)
            {
                fields.Fail(Field.Positions, $"holds the name of a room that {problem}", ErrorCodes.BadName);
            }
            else if (!rooms.TryAdd(Encoding.UTF8.GetString(room), ReadPosition(ref fields, value, json, again: false)))
            {
                fields.Fail(Field.Positions, "names a room twice");
            }
        }

        return rooms;
    }

    private static FeedPosition ReadPosition(
        scoped ref FieldReader fields, JsonToken token, ReadOnlySpan<byte> text, bool again)
    {
        Span<byte> scratch = stackalloc byte[EnvelopeLimits.ScratchBytes];
        if (again)
        {
            fields.Fail(Field.Positions, "names a feed twice");
        }
        else if (!JsonValues.TryReadPosition(token, text, scratch, out FeedPosition position))
        {
            fields.Fail(Field.Positions, $"holds a position that {JsonValues.PositionRule}");
        }
        else
        {
            return position;
        }

        return default;
    }
}
