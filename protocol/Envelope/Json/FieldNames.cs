namespace Switchboard.Protocol.Envelope.Json;

/// <summary>The names of fields.</summary>
internal static class FieldNames
{
    /// <summary>The length of the longest name.</summary>
    public const int MaxLength = 10;

    /// <summary>The field of a name; Count for one that no command knows.</summary>
    public static Field Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 when name.SequenceEqual("id"u8) => Field.Id,
        3 when name.SequenceEqual("key"u8) => Field.Key,
        4 when name.SequenceEqual("type"u8) => Field.Type,
        4 when name.SequenceEqual("room"u8) => Field.Room,
        4 when name.SequenceEqual("data"u8) => Field.Data,
        4 when name.SequenceEqual("slot"u8) => Field.Slot,
        4 when name.SequenceEqual("echo"u8) => Field.Echo,
        4 when name.SequenceEqual("user"u8) => Field.User,
        4 when name.SequenceEqual("feed"u8) => Field.Feed,
        4 when name.SequenceEqual("turn"u8) => Field.Turn,
        5 when name.SequenceEqual("class"u8) => Field.Class,
        5 when name.SequenceEqual("state"u8) => Field.State,
        5 when name.SequenceEqual("after"u8) => Field.After,
        5 when name.SequenceEqual("limit"u8) => Field.Limit,
        5 when name.SequenceEqual("order"u8) => Field.Order,
        5 when name.SequenceEqual("token"u8) => Field.Token,
        6 when name.SequenceEqual("resume"u8) => Field.Resume,
        6 when name.SequenceEqual("before"u8) => Field.Before,
        8 when name.SequenceEqual("position"u8) => Field.Position,
        8 when name.SequenceEqual("presence"u8) => Field.Presence,
        9 when name.SequenceEqual("positions"u8) => Field.Positions,
        10 when name.SequenceEqual("connection"u8) => Field.Connection,
        _ => Field.Count,
    };

    /// <summary>The name of a field.</summary>
    public static string Of(Field field) => field switch
    {
        Field.Type => "type",
        Field.Id => "id",
        Field.Room => "room",
        Field.User => "user",
        Field.Connection => "connection",
        Field.Data => "data",
        Field.Class => "class",
        Field.Slot => "slot",
        Field.Key => "key",
        Field.Echo => "echo",
        Field.Position => "position",
        Field.Presence => "presence",
        Field.State => "state",
        Field.Feed => "feed",
        Field.After => "after",
        Field.Before => "before",
        Field.Limit => "limit",
        Field.Order => "order",
        Field.Resume => "resume",
        Field.Positions => "positions",
        Field.Token => "token",
        Field.Turn => "turn",
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };
}
