using Switchboard.Protocol.Envelope.Commands;

namespace Switchboard.Protocol.Envelope.Protobuf;

/// <summary>Reads PublishCommand and SendCommand.</summary>
internal static class ProtoMessageDecoder
{
    private static readonly ProtoName Room = new(1, "room");
    private static readonly ProtoName Echo = new(7, "echo");

    private static readonly ProtoName User = new(1, "user");
    private static readonly ProtoName Connection = new(7, "connection");

    private static readonly ProtoName Json = new(2, "json");
    private static readonly ProtoName Binary = new(3, "binary");
    private static readonly ProtoName Class = new(4, "message_class");
    private static readonly ProtoName Slot = new(5, "slot");
    private static readonly ProtoName Key = new(6, "key");

    public static Command Decode(scoped ref ProtoFields fields, CommandType type, long id)
    {
        bool publish = type == CommandType.Publish;
        ReadOnlySpan<byte> room = publish ? fields.Name(Room, EnvelopeLimits.NameBytes, required: true) : default;
        ReadOnlySpan<byte> user = default;
        ReadOnlySpan<byte> connection = default;
        if (!publish)
        {
            fields.KeepLast(User, Connection);
            user = fields.Name(User, EnvelopeLimits.NameBytes);
            connection = fields.Name(Connection, EnvelopeLimits.ConnectionIdBytes);
            if (user.IsEmpty && connection.IsEmpty)
            {
                fields.Fail(ErrorCodes.BadField, "either user or connection must be given");
            }
        }

        fields.KeepLast(Json, Binary);
        var messageClass = (MessageClass)fields.Enum(
            Class, (int)MessageClass.Volatile, "must be reliable, latest or volatile");
        return new Command
        {
            Type = type,
            Id = id,
            Room = room,
            User = user,
            Connection = connection,
            Class = messageClass,
            Slot = ReadSlot(ref fields, messageClass),
            Key = ReadKey(ref fields, messageClass),
            Echo = !publish || fields.Boolean(Echo, otherwise: true),
            DataKind = fields.Has(Binary) ? DataKind.Binary : DataKind.Json,
            Data = ReadData(ref fields),
        };
    }

    private static ReadOnlySpan<byte> ReadSlot(scoped ref ProtoFields fields, MessageClass messageClass)
    {
        bool latest = messageClass == MessageClass.Latest;
        if (!latest && fields.Has(Slot))
        {
            fields.Fail(Slot, "goes only with message_class latest");
        }

        return fields.Name(Slot, EnvelopeLimits.SlotBytes, required: latest);
    }

    private static ReadOnlySpan<byte> ReadKey(scoped ref ProtoFields fields, MessageClass messageClass)
    {
        if (messageClass == MessageClass.Volatile && fields.Has(Key))
        {
            fields.Fail(Key, "does not go with message_class volatile");
        }

        return fields.Name(Key, EnvelopeLimits.KeyBytes);
    }

    private static ReadOnlySpan<byte> ReadData(scoped ref ProtoFields fields)
    {
        if (fields.Has(Binary))
        {
            return fields.Bytes(Binary);
        }

        if (!fields.Has(Json))
        {
            fields.Fail(ErrorCodes.BadField, "either json or binary must be given");
            return default;
        }

        return ProtoJson.Value(ref fields, Json);
    }
}
