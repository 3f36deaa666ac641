namespace Switchboard.Protocol.Envelope.Protobuf;

/// <summary>One field as it stands in a message.</summary>
internal struct ProtoToken
{
    /// <summary>Its number in the .proto file.</summary>
    public int Number;

    /// <summary>Where the bytes of its value stand.</summary>
    public int Start;

    /// <summary>How many they are.</summary>
    public int Length;

    /// <summary>How the value is laid out.</summary>
    public WireType Wire;

    /// <summary>The value of a varint or a fixed number.</summary>
    public ulong Value;

    /// <summary>The bytes of the value.</summary>
    public readonly ReadOnlySpan<byte> BytesIn(ReadOnlySpan<byte> message) => message.Slice(Start, Length);
}
