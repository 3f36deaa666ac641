namespace Switchboard.Gateway.Limits;

/// <summary>A limit that was met, and in how many milliseconds to try again.</summary>
internal readonly record struct Excess(LimitScope Scope, LimitKind Kind, long Wait)
{
    /// <summary>For people.</summary>
    public string Text => (Scope, Kind) switch
    {
        (LimitScope.Connection, LimitKind.Bytes) => "more bytes than the connection may send",
        (LimitScope.Connection, LimitKind.Resumes) or (LimitScope.Address, LimitKind.Resumes) => "too many failed resumes",
        (LimitScope.Connection, _) => "more messages than the connection may send",
        (LimitScope.Address, LimitKind.Bytes) => "more bytes than the address may send",
        (LimitScope.Address, _) => "more messages than the address may send",
        (LimitScope.User, LimitKind.Bytes) => "more bytes than the user may send",
        (LimitScope.User, _) => "more messages than the user may send",
        (LimitScope.Room, LimitKind.Bytes) => "more bytes than the room takes",
        _ => "more messages than the room takes",
    };
}
