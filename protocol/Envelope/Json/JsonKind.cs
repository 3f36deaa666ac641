namespace Switchboard.Protocol.Envelope.Json;

/// <summary>What a JSON value is (RFC 8259 §3).</summary>
internal enum JsonKind : byte
{
    Object,
    Array,
    String,
    Number,
    True,
    False,
    Null,
}
