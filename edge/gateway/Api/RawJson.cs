using System.Text.Json.Serialization;

namespace Switchboard.Gateway.Api;

/// <summary>A JSON value byte for byte as it was sent; empty where there was none.</summary>
[JsonConverter(typeof(RawJsonConverter))]
internal readonly record struct RawJson(ReadOnlyMemory<byte> Utf8)
{
    public bool IsNull => Utf8.Span.SequenceEqual("null"u8);
}
