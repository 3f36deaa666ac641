namespace Switchboard.Protocol.Envelope.Protobuf;

/// <summary>Reads Position.</summary>
internal static class ProtoPosition
{
    private const int Epoch = 1;
    private const int Offset = 2;

    /// <summary>Reads a position; what is absent is 0, and what is wrong is told under the field's name.</summary>
    public static FeedPosition Read(scoped ref ProtoFields fields, ProtoName field, ReadOnlySpan<byte> message)
    {
        ulong epoch = 0;
        ulong offset = 0;
        var reader = new ProtoReader(message);
        while (reader.TryNext(out ProtoToken token))
        {
            if (token.Number == Epoch)
            {
                Expect(ref fields, field, token, WireType.Fixed64, "holds an epoch that is not a fixed64");
                epoch = token.Value;
            }
            else if (token.Number == Offset)
            {
                Expect(ref fields, field, token, WireType.Varint, "holds an offset that is not a varint");
                offset = token.Value;
            }
        }

        fields.Check(reader);
        if (offset > EnvelopeLimits.MaxInteger)
        {
            fields.Fail(field, "holds an offset that is not from 0 to 2^53-1");
            return default;
        }

        return new FeedPosition(epoch, (long)offset);
    }

    private static void Expect(
        scoped ref ProtoFields fields, ProtoName field, in ProtoToken token, WireType wire, string otherwise)
    {
        if (token.Wire != wire)
        {
            fields.Fail(field, otherwise);
        }
    }
}
