using Switchboard.Protocol.Envelope.Commands;

namespace Switchboard.Protocol.Envelope.Json;

/// <summary>Reads publish and send.</summary>
internal static class MessageDecoder
{
    public static Command Decode(
        scoped ref FieldReader fields, CommandType type, long id, FrameKind frame, ReadOnlySpan<byte> payload)
    {
        bool publish = type == CommandType.Publish;
        ReadOnlySpan<byte> room = publish ? fields.Name(Field.Room, EnvelopeLimits.NameBytes, required: true) : default;
        ReadOnlySpan<byte> user = publish ? default : fields.Name(Field.User, EnvelopeLimits.NameBytes);
        ReadOnlySpan<byte> connection =
            publish ? default : fields.Name(Field.Connection, EnvelopeLimits.ConnectionIdBytes);
        if (!publish && user.IsEmpty == connection.IsEmpty)
        {
            fields.Fail(ErrorCodes.BadField, "either user or connection must be given");
        }

        MessageClass messageClass = ReadClass(ref fields);
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
            Echo = !publish || fields.Boolean(Field.Echo, otherwise: true),
            Data = frame == FrameKind.Text ? fields.Data() : ReadPayload(ref fields, payload),
            DataKind = frame == FrameKind.Text ? DataKind.Json : DataKind.Binary,
        };
    }

    private static MessageClass ReadClass(scoped ref FieldReader fields)
    {
        if (!fields.Has(Field.Class))
        {
            return MessageClass.Reliable;
        }

        ReadOnlySpan<byte> word = fields.Word(Field.Class);
        if (word.SequenceEqual("reliable"u8))
        {
            return MessageClass.Reliable;
        }

        if (word.SequenceEqual("latest"u8))
        {
            return MessageClass.Latest;
        }

        if (!word.SequenceEqual("volatile"u8))
        {
            fields.Fail(Field.Class, "must be reliable, latest or volatile");
        }

        return MessageClass.Volatile;
    }

    private static ReadOnlySpan<byte> ReadSlot(scoped ref FieldReader fields, MessageClass messageClass)
    {
        bool latest = messageClass == MessageClass.Latest;
        if (!latest && fields.Has(Field.Slot))
        {
            fields.Fail(Field.Slot, "goes only with class latest");
        }

        return fields.Name(Field.Slot, EnvelopeLimits.SlotBytes, required: latest);
    }

    private static ReadOnlySpan<byte> ReadKey(scoped ref FieldReader fields, MessageClass messageClass)
    {
        if (messageClass == MessageClass.Volatile && fields.Has(Field.Key))
        {
            fields.Fail(Field.Key, "does not go with class volatile");
        }

        return fields.Name(Field.Key, EnvelopeLimits.KeyBytes);
    }

    private static ReadOnlySpan<byte> ReadPayload(scoped ref FieldReader fields, ReadOnlySpan<byte> payload)
    {
        if (fields.Has(Field.Data))
        {
            fields.Fail(Field.Data, "must not stand in the header of a binary message");
        }

        return payload;
    }
}
