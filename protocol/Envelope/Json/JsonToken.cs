namespace Switchboard.Protocol.Envelope.Json;

/// <summary>Where a value stands in its text, and what it is.</summary>
internal struct JsonToken
{
    public int Start;
    public int Length;
    public JsonKind Kind;

    /// <summary>A string: whether it holds escapes.</summary>
    public bool Escaped;

    /// <summary>How deep arrays and objects nest in it, itself included; 0 for the others.</summary>
    public byte Depth;

    /// <summary>The value as it was sent.</summary>
    public readonly ReadOnlySpan<byte> RawIn(ReadOnlySpan<byte> text) => text.Slice(Start, Length);

    /// <summary>A string without its quotes, escapes as they were sent.</summary>
    public readonly ReadOnlySpan<byte> ContentIn(ReadOnlySpan<byte> text) => text.Slice(Start + 1, Length - 2);
}
