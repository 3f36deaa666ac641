using System.Text;
using System.Text.Json;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Commands;
using static Switchboard.Fuzz.FuzzFailureException;

namespace Switchboard.Fuzz.Targets;

/// <summary>Reads commands with the base library.</summary>
internal static class JsonOracle
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private static readonly string[] Types = LowerCase<CommandType>();
    private static readonly string[] Classes = LowerCase<MessageClass>();

    /// <summary>Whether a text is one JSON object in UTF-8, nesting no deeper than that.</summary>
    public static bool IsObject(ReadOnlySpan<byte> json, int maxDepth)
    {
        try
        {
            Strict.GetCharCount(json);
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maxDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read())
            {
            }

            return true;
        }
        catch (Exception exception) when (exception is JsonException or DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>Compares a command with the fields of the object that it was decoded from.</summary>
    public static void Compare(ReadOnlySpan<byte> json, in Command command)
    {
        var reader = new Utf8JsonReader(json);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        foreach (JsonProperty field in document.RootElement.EnumerateObject())
        {
            Unless(Agrees(field, command), "a field differs from what the base library reads");
        }
    }

    private static bool Agrees(in JsonProperty field, in Command command)
    {
        string name;
        try
        {
            name = field.Name;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: no field that is known.
            return true;
        }

        bool message = command.Type is CommandType.Publish or CommandType.Send;
        JsonElement value = field.Value;
        return name switch
        {
            "type" => value.GetString() == Types[(int)command.Type],
            "id" => value.GetInt64() == command.Id,
            "room" when HasRoom(command.Type) => Is(value, command.Room),
            "user" when command.Type == CommandType.Send => Is(value, command.User),
            "connection" when command.Type == CommandType.Send => Is(value, command.Connection),
            "slot" when message => Is(value, command.Slot),
            "key" when message => Is(value, command.Key),
            "class" when message => value.GetString() == Classes[(int)command.Class],
            "echo" when command.Type == CommandType.Publish => value.GetBoolean() == command.Echo,
            "data" when message => Encoding.UTF8.GetString(command.Data) == value.GetRawText(),
            "presence" when command.Type == CommandType.Join => value.GetBoolean() == command.Presence,
            "state" when command.Type is CommandType.Join or CommandType.State => IsState(value, command.State),
            "resume" when command.Type == CommandType.Connect => value.GetString() == command.Resume,
            "token" when command.Type is CommandType.Connect or CommandType.Join or CommandType.Refresh =>
                value.GetString() == command.Token,
            "limit" when command.Type == CommandType.History => value.GetInt32() == command.Limit,
            "position" when command.Type == CommandType.Join => HasOffset(value, command),
            "after" or "before" when command.Type == CommandType.History => HasOffset(value, command),
            _ => true,
        };
    }

    private static string[] LowerCase<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(name => name.ToLowerInvariant())];

    private static bool HasRoom(CommandType type) =>
        type is not (CommandType.Connect or CommandType.Send or CommandType.Ping);

    private static bool Is(JsonElement value, ReadOnlySpan<byte> text) =>
        value.GetString() == Encoding.UTF8.GetString(text);

    private static bool IsState(JsonElement value, ReadOnlySpan<byte> state) =>
        (value.ValueKind == JsonValueKind.Null ? "" : value.GetRawText()) == Encoding.UTF8.GetString(state);

    private static bool HasOffset(JsonElement value, in Command command) =>
        command.Position is { } position
        && value.TryGetProperty("offset", out JsonElement offset)
        && offset.GetInt64() == position.Offset
        && value.GetProperty("epoch").GetString() == position.Epoch.ToString("x16", null);
}
