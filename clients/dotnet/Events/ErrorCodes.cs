namespace Switchboard.Client;

/// <summary>The values of <see cref="SwitchboardException.Code"/>: the server's, and those of this client.</summary>
public static class ErrorCodes
{
    /// <summary>This client: more waits to be sent than <see cref="OutboxOptions"/> allow.</summary>
    public const string OutboxFull = "outbox_full";

    /// <summary>This client: no answer in time. Whether the command was carried out is not known.</summary>
    public const string Timeout = "timeout";

    /// <summary>This client: it was closed, by the program or for good by the server.</summary>
    public const string Closed = "closed";

    /// <summary>This client: it was left before it was joined, or the like.</summary>
    public const string Canceled = "canceled";

    /// <summary>The server can't be reached in the ways that are allowed, and that does not change by itself.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>The message is larger than the server or the room takes.</summary>
    public const string TooLarge = "too_large";

    /// <summary>More than the connection, its user, its address or the room may have. It is tried again by itself.</summary>
    public const string TooFast = "too_fast";

    /// <summary>The cluster did not answer. It is tried again by itself.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>The token is not accepted, or one is needed.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>The token does not allow it.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>The room was not joined.</summary>
    public const string NotJoined = "not_joined";

    /// <summary>The room is joined already.</summary>
    public const string AlreadyJoined = "already_joined";

    /// <summary>The room has as many members as it may have.</summary>
    public const string RoomFull = "room_full";

    /// <summary>The connection is in as many rooms as it may be.</summary>
    public const string TooManyRooms = "too_many_rooms";

    /// <summary>There is no such connection, or the user has none.</summary>
    public const string NoSuchConnection = "no_such_connection";

    /// <summary>The position is not in the history any more.</summary>
    public const string PositionUnknown = "position_unknown";

    /// <summary>The room has no presence, or only counts.</summary>
    public const string PresenceOff = "presence_off";

    /// <summary>The room's kind, its logic or the application does not allow it.</summary>
    public const string Refused = "refused";

    /// <summary>The user is banned.</summary>
    public const string Banned = "banned";
}
