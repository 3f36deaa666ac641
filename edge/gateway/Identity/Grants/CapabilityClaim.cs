using System.Text.Json;
using Switchboard.Gateway.Identity.Tokens;

namespace Switchboard.Gateway.Identity.Grants;

/// <summary>
/// Reads the claim "switchboard" of a token for a connection, as
/// <c>{"caps":[{"rooms":"chat.*","allow":["join","publish"]},{"users":"*","allow":["send"]}]}</c>, and the list "allow" of
/// one for rooms. Whatever is not known is an error: a rule that is not understood must not be taken for a smaller one.
/// </summary>
internal static class CapabilityClaim
{
    private const string Name = "switchboard";
    private const int MaxRules = 100;

    private static readonly (string Word, Capability Capability)[] Words =
    [
        ("join", Capability.Join), ("publish", Capability.Publish), ("presence", Capability.Presence),
        ("history", Capability.History), ("moderate", Capability.Moderate), ("send", Capability.Send),
    ];

    /// <summary>Reads the rules; a token without the claim has none. False where it is malformed.</summary>
    public static bool TryRead(TokenClaims claims, List<CapabilityRule> rules)
    {
        if (!claims.Root.TryGetProperty(Name, out JsonElement claim))
        {
            return true;
        }

        if (claim.ValueKind != JsonValueKind.Object || claim.EnumerateObject().Any(static member => member.Name != "caps"))
        {
            return false;
        }

        return !claim.TryGetProperty("caps", out JsonElement caps)
            || (caps.ValueKind == JsonValueKind.Array
                && caps.GetArrayLength() <= MaxRules
                && caps.EnumerateArray().All(rule => TryReadRule(rule, rules)));
    }

    /// <summary>Reads a list of words.</summary>
    public static bool TryReadAllow(JsonElement list, Capability possible, out Capability allow)
    {
        allow = Capability.None;
        if (list.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        foreach (JsonElement one in list.EnumerateArray())
        {
            Capability capability = Find(TokenClaims.AsText(one)) & possible;
            if (capability == Capability.None)
            {
                return false;
            }

            allow |= capability;
        }

        return true;
    }

    /// <summary>What a word stands for; None for one that is not known.</summary>
    public static Capability Find(string? word) => Array.Find(Words, known => known.Word == word).Capability;

    /// <summary>The claim as a token has it.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<CapabilityRule> rules)
    {
        json.WriteStartObject(Name);
        json.WriteStartArray("caps");
        foreach (CapabilityRule rule in rules)
        {
            json.WriteStartObject();
            json.WriteString(rule.Allow == Capability.Send ? "users" : "rooms", rule.Pattern);
            WriteAllow(json, rule.Allow);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteAllow(Utf8JsonWriter json, Capability allow)
    {
        json.WriteStartArray("allow");
        foreach ((string word, Capability capability) in Words)
        {
            if ((allow & capability) != 0)
            {
                json.WriteStringValue(word);
            }
        }

        json.WriteEndArray();
    }

    private static bool TryReadRule(JsonElement rule, List<CapabilityRule> rules)
    {
        if (rule.ValueKind != JsonValueKind.Object
            || rule.EnumerateObject().Count() != 2
            || !rule.TryGetProperty("allow", out JsonElement list))
        {
            return false;
        }

        bool ofRooms = rule.TryGetProperty("rooms", out JsonElement pattern);
        if (!ofRooms && !rule.TryGetProperty("users", out pattern))
        {
            return false;
        }

        if (TokenClaims.AsText(pattern) is not { Length: > 0 and <= CapabilityRule.MaxPattern } text
            || !TryReadAllow(list, ofRooms ? Capability.Room : Capability.Send, out Capability allow))
        {
            return false;
        }

        rules.Add(new CapabilityRule(text, allow));
        return true;
    }
}
