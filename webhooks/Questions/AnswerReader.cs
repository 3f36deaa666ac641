using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Switchboard.Core.Identifiers;

namespace Switchboard.Webhooks.Questions;

/// <summary>Reads the answers of the application: one JSON object, of which unknown fields are passed over.</summary>
internal static class AnswerReader
{
    /// <summary>The most rooms that an answer may give.</summary>
    public const int MaxRooms = 100;

    // A client's payload may be nested 56 deep; in an answer it stands in an object.
    private const int MaxDepth = 57;
    private const int MaxCode = 64;
    private const int MaxMessage = 256;

    private static readonly SearchValues<char> CodeCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>Reads an answer; false where it is none.</summary>
    public static bool TryRead(byte[] body, out Answer answer)
    {
        answer = default;

        // The reader looks at the bytes of a text only when it is asked for; data goes on to clients as it is.
        if (!Utf8.IsValid(body))
        {
            return false;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(body, Options);
            return TryRead(document.RootElement, out answer);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second is what the search for fields given twice makes of a name with half a surrogate pair.
            return false;
        }
    }

    private static bool TryRead(JsonElement root, out Answer answer)
    {
        answer = default;
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("allow", out JsonElement allow)
            || allow.ValueKind is not (JsonValueKind.True or JsonValueKind.False)
            || !TryReadText(root, "code", out string? code)
            || !TryReadText(root, "message", out string? message)
            || !TryReadText(root, "user", out string? user)
            || !TryReadRooms(root, out string[]? rooms))
        {
            return false;
        }

        if (code is { Length: 0 or > MaxCode } || code.AsSpan().ContainsAnyExcept(CodeCharacters)
            || message is { Length: > MaxMessage }
            || (user is not null && Name.Validate(user) is not null))
        {
            return false;
        }

        answer = new Answer(allow.ValueKind == JsonValueKind.True ? AnswerKind.Allowed : AnswerKind.Refused)
        {
            Code = code,
            Message = message,
            User = user,
            Rooms = rooms,
            Data = root.TryGetProperty("data", out JsonElement data) ? Encoding.UTF8.GetBytes(data.GetRawText()) : null,
        };
        return true;
    }

    // Absent and null are the same. A lone half of a surrogate pair is no text.
    private static bool TryReadText(JsonElement root, string name, out string? text)
    {
        text = null;
        if (!root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        return TryReadText(value, out text);
    }

    private static bool TryReadText(JsonElement value, out string? text)
    {
        text = null;
        if (value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        try
        {
            text = value.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool TryReadRooms(JsonElement root, out string[]? rooms)
    {
        rooms = null;
        if (!root.TryGetProperty("rooms", out JsonElement list) || list.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MaxRooms)
        {
            return false;
        }

        List<string> names = [];
        foreach (JsonElement element in list.EnumerateArray())
        {
            if (!TryReadText(element, out string? name) || Name.Validate(name) is not null)
            {
                return false;
            }

            names.Add(name!);
        }

        rooms = [.. names];
        return true;
    }
}
