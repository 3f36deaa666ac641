namespace Switchboard.Protocol.Envelope.Json;

/// <summary>The fields that some command knows.</summary>
internal enum Field : byte
{
    Type,
    Id,
    Room,
    User,
    Connection,
    Data,
    Class,
    Slot,
    Key,
    Echo,
    Position,
    Presence,
    State,
    Feed,
    After,
    Before,
    Limit,
    Order,
    Resume,
    Positions,
    Token,
    Turn,

    /// <summary>Not a field, but how many there are.</summary>
    Count,
}
