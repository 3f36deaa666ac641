using System.Text.Json;

namespace Switchboard.Gateway.Identity.Tokens;

/// <summary>The claims of a token that is accepted (RFC 7519 §4).</summary>
public sealed class TokenClaims
{
    internal TokenClaims(JsonElement root, DateTimeOffset expires)
    {
        Root = root;
        Expires = expires;
    }

    /// <summary>All of them: an object without a member that stands twice.</summary>
    public JsonElement Root { get; }

    /// <summary>When the token ends: "exp", and what clocks may be apart.</summary>
    public DateTimeOffset Expires { get; }

    /// <summary>A claim that is a text; null for none, and for one of another type.</summary>
    public string? Text(string name) => Root.TryGetProperty(name, out JsonElement value) ? AsText(value) : null;

    /// <summary>Whether there is such a claim, whatever it says.</summary>
    public bool Has(string name) => Root.TryGetProperty(name, out _);

    /// <summary>Whether a claim is a text, or an array with it in it; compared by bytes.</summary>
    public bool Holds(string name, string text) =>
        Root.TryGetProperty(name, out JsonElement value)
        && (AsText(value) == text
            || (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Any(one => AsText(one) == text)));

    internal static string? AsText(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: JSON, but no text. Only who holds a key can write it.
            return null;
        }
    }
}
