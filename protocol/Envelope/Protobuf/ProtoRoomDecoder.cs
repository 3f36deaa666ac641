using Switchboard.Protocol.Envelope.Commands;

namespace Switchboard.Protocol.Envelope.Protobuf;

/// <summary>Reads JoinCommand, LeaveCommand, PresenceCommand and StateCommand.</summary>
internal static class ProtoRoomDecoder
{
    private static readonly ProtoName Room = new(1, "room");

    private static readonly ProtoName JoinPosition = new(2, "position");
    private static readonly ProtoName JoinPresence = new(3, "presence");
    private static readonly ProtoName JoinState = new(4, "state");
    private static readonly ProtoName JoinToken = new(5, "token");

    private static readonly ProtoName NewState = new(2, "state");

    public static Command Decode(scoped ref ProtoFields fields, CommandType type, long id)
    {
        ReadOnlySpan<byte> room = fields.Name(Room, EnvelopeLimits.NameBytes, required: true);
        bool join = type == CommandType.Join;
        return new Command
        {
            Type = type,
            Id = id,
            Room = room,
            Position = join ? fields.Position(JoinPosition) : null,
            Presence = join && fields.Boolean(JoinPresence, otherwise: false),
            Token = join ? fields.Token(JoinToken) : null,
            State = type switch
            {
                CommandType.Join => ProtoJson.State(ref fields, JoinState, required: false),
                CommandType.State => ProtoJson.State(ref fields, NewState, required: true),
                _ => default,
            },
        };
    }
}
