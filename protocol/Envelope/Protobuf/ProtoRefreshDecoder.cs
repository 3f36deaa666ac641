using Switchboard.Protocol.Envelope.Commands;

namespace Switchboard.Protocol.Envelope.Protobuf;

/// <summary>Reads RefreshCommand.</summary>
internal static class ProtoRefreshDecoder
{
    private static readonly ProtoName Token = new(1, "token");
    private static readonly ProtoName Room = new(2, "room");

    public static Command Decode(scoped ref ProtoFields fields, long id) => new()
    {
        Type = CommandType.Refresh,
        Id = id,
        Token = fields.Token(Token, required: true),
        Room = fields.Name(Room, EnvelopeLimits.NameBytes),
    };
}
