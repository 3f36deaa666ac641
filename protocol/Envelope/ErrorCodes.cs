namespace Switchboard.Protocol.Envelope;

/// <summary>Why a command failed, as the code of an <see cref="Events.ErrorEvent"/>.</summary>
public static class ErrorCodes
{
    /// <summary>The message is not one JSON object, or what must be JSON in one of protobuf is not.</summary>
    public const string BadJson = "bad_json";

    /// <summary>A binary message whose lengths don't fit or whose command takes no payload, or no protobuf message.</summary>
    public const string BadFrame = "bad_frame";

    /// <summary>There is no command of that type.</summary>
    public const string UnknownCommand = "unknown_command";

    /// <summary>A field is missing, given twice, out of range, of the wrong type, or out of place.</summary>
    public const string BadField = "bad_field";

    /// <summary>A name, key, slot, id or token is empty, too long, not Unicode, or holds control characters.</summary>
    public const string BadName = "bad_name";

    /// <summary>The payload is larger than the server allows.</summary>
    public const string TooLarge = "too_large";

    /// <summary>More messages than the rate allows; this one was dropped.</summary>
    public const string TooFast = "too_fast";

    /// <summary>The connection is a member of as many rooms as it may be.</summary>
    public const string TooManyRooms = "too_many_rooms";

    /// <summary>The room has as many members as it may have.</summary>
    public const string RoomFull = "room_full";

    /// <summary>The connection is already a member of the room.</summary>
    public const string AlreadyJoined = "already_joined";

    /// <summary>The connection is not a member of the room.</summary>
    public const string NotJoined = "not_joined";

    /// <summary>The command came before a successful connect.</summary>
    public const string NotConnected = "not_connected";

    /// <summary>A second connect.</summary>
    public const string AlreadyConnected = "already_connected";

    /// <summary>The token names no connection, or one whose grace period is over.</summary>
    public const string ResumeExpired = "resume_expired";

    /// <summary>The token names a connection but is not its token.</summary>
    public const string ResumeWrong = "resume_wrong";

    /// <summary>The token belongs to a connection of another user.</summary>
    public const string ResumeForeign = "resume_foreign";

    /// <summary>A resume with a higher turn has come in before.</summary>
    public const string ResumeOvertaken = "resume_overtaken";

    /// <summary>The user is banned; the socket is closed with 4505.</summary>
    public const string Banned = "banned";

    /// <summary>The position is of another epoch, was never reached, or is no longer in the history.</summary>
    public const string PositionUnknown = "position_unknown";

    /// <summary>The token is not accepted, or one is needed.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>The client may not do that.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>There is no such connection, or the user has none.</summary>
    public const string NoSuchConnection = "no_such_connection";

    /// <summary>The room has no presence.</summary>
    public const string PresenceOff = "presence_off";

    /// <summary>The state is larger than is allowed here.</summary>
    public const string StateTooLarge = "state_too_large";

    /// <summary>The room's kind, or its logic, does not allow it.</summary>
    public const string Refused = "refused";

    /// <summary>The cluster did not answer: the outcome is unknown, and the command may be sent again.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>The server failed.</summary>
    public const string Internal = "internal";
}
