using Switchboard.Protocol.Envelope.Commands;

namespace Switchboard.Protocol.Envelope.Json;

/// <summary>Reads join, leave, presence and state.</summary>
internal static class RoomDecoder
{
    public static Command Decode(scoped ref FieldReader fields, CommandType type, long id)
    {
        ReadOnlySpan<byte> room = fields.Name(Field.Room, EnvelopeLimits.NameBytes, required: true);
        bool join = type == CommandType.Join;
        return new Command
        {
            Type = type,
            Id = id,
            Room = room,
            Position = join ? fields.Position(Field.Position) : null,
            Presence = join && fields.Boolean(Field.Presence, otherwise: false),
            Token = join ? fields.Token() : null,
            State = join || type == CommandType.State ? fields.State(required: !join) : default,
        };
    }
}
