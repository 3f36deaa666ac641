using System.Runtime.InteropServices;
using System.Text.Json;

namespace Switchboard.Client.Wire;

/// <summary>Short words for the fields of events that come seldom.</summary>
internal static class JsonFields
{
    public static string? Text(this JsonElement what, string name) =>
        what.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static long Number(this JsonElement what, string name, long otherwise = 0) =>
        what.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : otherwise;

    /// <summary>Null where it is not there.</summary>
    public static bool? Flag(this JsonElement what, string name) =>
        what.TryGetProperty(name, out JsonElement value) ? value.ValueKind == JsonValueKind.True : null;

    public static Position ReadPosition(this JsonElement what) =>
        what.TryGetProperty("epoch", out JsonElement epoch)
            ? new Position(EventReader.ReadEpoch(System.Text.Encoding.ASCII.GetBytes(epoch.GetString()!)), what.Number("offset"))
            : default;

    /// <summary>A value as it was written.</summary>
    public static byte[] Raw(this JsonElement value) => JsonMarshal.GetRawUtf8Value(value).ToArray();

    public static Member ReadMember(this JsonElement member) => new(
        member.Text("user") ?? string.Empty,
        member.Text("connection") ?? string.Empty,
        member.TryGetProperty("state", out JsonElement state) && state.ValueKind == JsonValueKind.Object ? state.Raw() : default);

    public static IEnumerable<JsonElement> Items(this JsonElement what, string name) =>
        what.TryGetProperty(name, out JsonElement array) && array.ValueKind == JsonValueKind.Array
            ? array.EnumerateArray()
            : Enumerable.Empty<JsonElement>();
}
