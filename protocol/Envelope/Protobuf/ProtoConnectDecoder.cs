using System.Text;
using Switchboard.Protocol.Envelope.Commands;

namespace Switchboard.Protocol.Envelope.Protobuf;

/// <summary>Reads ConnectCommand. Rare, so it may allocate: in proportion to what was sent.</summary>
internal static class ProtoConnectDecoder
{
    // Of an entry of a map.
    private const int EntryKey = 1;
    private const int EntryValue = 2;

    private static readonly ProtoName Resume = new(1, "resume");
    private static readonly ProtoName Positions = new(2, "positions");
    private static readonly ProtoName Token = new(3, "token");
    private static readonly ProtoName Turn = new(4, "turn");

    private static readonly ProtoName User = new(1, "positions.user");
    private static readonly ProtoName Connection = new(2, "positions.connection");
    private static readonly ProtoName Rooms = new(3, "positions.rooms");

    public static Command Decode(scoped ref ProtoFields fields, long id)
    {
        ReadOnlySpan<byte> token = fields.Name(Resume, EnvelopeLimits.ResumeTokenBytes);
        bool given = fields.HasMessage(Positions, out ReadOnlySpan<byte> positions);
        if (given && !fields.Has(Resume))
        {
            fields.Fail(Positions, "goes only with resume");
        }

        long turn = fields.Integer(Turn, 0, EnvelopeLimits.MaxInteger, otherwise: 0);
        if (turn != 0 && !fields.Has(Resume))
        {
            fields.Fail(Turn, "goes only with resume");
        }

        return new Command
        {
            Type = CommandType.Connect,
            Id = id,
            Token = fields.Token(Token),
            Turn = turn,
            Resume = token.IsEmpty ? null : Encoding.UTF8.GetString(token),
            Positions = given ? ReadPositions(ref fields, positions) : null,
        };
    }

    private static ConnectPositions ReadPositions(scoped ref ProtoFields fields, ReadOnlySpan<byte> message)
    {
        FeedPosition? user = null;
        FeedPosition? connection = null;
        Dictionary<string, FeedPosition> rooms = [];
        var reader = new ProtoReader(message);
        while (fields.ErrorCode is null && reader.TryNext(out ProtoToken field))
        {
            if (field.Number == User.Number)
            {
                user = ReadPosition(ref fields, User, field, message, user is not null);
            }
            else if (field.Number == Connection.Number)
            {
                connection = ReadPosition(ref fields, Connection, field, message, connection is not null);
            }
            else if (field.Number == Rooms.Number)
            {
                ReadRoom(ref fields, field, message, rooms);
            }
        }

        fields.Check(reader);
        return new ConnectPositions(user, connection, rooms);
    }

    private static void ReadRoom(
        scoped ref ProtoFields fields, in ProtoToken entry, ReadOnlySpan<byte> message, Dictionary<string, FeedPosition> rooms)
    {
        if (!IsMessage(ref fields, Rooms, entry))
        {
            return;
        }

        ReadOnlySpan<byte> text = entry.BytesIn(message);
        ReadOnlySpan<byte> name = default;
        FeedPosition? position = null;
        var reader = new ProtoReader(text);
        while (reader.TryNext(out ProtoToken field))
        {
            if (field.Number == EntryKey && IsMessage(ref fields, Rooms, field))
            {
                name = field.BytesIn(text);
            }
            else if (field.Number == EntryValue)
            {
                position = ReadPosition(ref fields, Rooms, field, text, position is not null);
            }
        }

        fields.Check(reader);
        if (ProtoFields.CheckName(name, EnvelopeLimits.NameBytes) is { } problem)
        {
            fields.Fail(Rooms, $"holds the name of a room that {problem}", ErrorCodes.BadName);
        }
        else if (!rooms.TryAdd(Encoding.UTF8.GetString(name), position ?? default))
        {
            fields.Fail(Rooms, "names a room twice");
        }
    }

    private static FeedPosition ReadPosition(
        scoped ref ProtoFields fields, ProtoName field, in ProtoToken token, ReadOnlySpan<byte> message, bool again)
    {
        if (again)
        {
            fields.Fail(field, "holds a position twice");
        }

        return IsMessage(ref fields, field, token) ? ProtoPosition.Read(ref fields, field, token.BytesIn(message)) : default;
    }

    private static bool IsMessage(scoped ref ProtoFields fields, ProtoName field, in ProtoToken token)
    {
        if (token.Wire != WireType.Bytes)
        {
            fields.Fail(field, "must be delimited by its length");
        }

        return token.Wire == WireType.Bytes;
    }
}
