using System.Text.Json;

namespace Switchboard.Cli.Api;

/// <summary>What a refusal says (RFC 9457).</summary>
/// <param name="Code">For programs; null where the answer is not a problem of ours.</param>
/// <param name="Detail">For people.</param>
internal sealed record Problem(string? Code, string? Detail)
{
    /// <summary>Both in a line.</summary>
    public string Line => Code is null ? "refused" : $"{Code}: {Detail}";

    /// <summary>Reads a body, whatever it is.</summary>
    public static Problem Read(string body)
    {
        try
        {
            using JsonDocument read = JsonDocument.Parse(body);
            return read.RootElement.ValueKind == JsonValueKind.Object
                ? new Problem(Text(read.RootElement, "code"), Text(read.RootElement, "detail"))
                : new Problem(null, null);
        }
        catch (JsonException)
        {
            return new Problem(null, null);
        }
    }

    private static string? Text(JsonElement what, string name) =>
        what.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
