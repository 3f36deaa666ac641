namespace Switchboard.Protocol.Envelope.Protobuf;

/// <summary>How a field's value is laid out: the lowest three bits of its tag.</summary>
internal enum WireType : byte
{
    /// <summary>A number, seven bits in a byte, the lowest first.</summary>
    Varint = 0,

    /// <summary>Eight bytes, the lowest first.</summary>
    Fixed64 = 1,

    /// <summary>A length as a varint, and so many bytes.</summary>
    Bytes = 2,

    /// <summary>Fields up to the end of the group; not in proto3, but skipped by whoever does not know it.</summary>
    StartGroup = 3,

    /// <summary>The end of a group.</summary>
    EndGroup = 4,

    /// <summary>Four bytes, the lowest first.</summary>
    Fixed32 = 5,
}
