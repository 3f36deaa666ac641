namespace Switchboard.Core.Backplane;

/// <summary>How a call to the backplane ended.</summary>
public enum BackplaneStatus : byte
{
    /// <summary>Done.</summary>
    Ok,

    /// <summary>The connection is already a member of the room.</summary>
    AlreadyJoined,

    /// <summary>The connection is not a member of the room.</summary>
    NotJoined,

    /// <summary>The connection is a member of as many rooms as it may be.</summary>
    TooManyRooms,

    /// <summary>The room has as many members as its kind allows.</summary>
    RoomFull,

    /// <summary>There is no such connection, or its grace period is over.</summary>
    NoSuchConnection,

    /// <summary>The resume token names a connection but is not its token.</summary>
    WrongToken,

    /// <summary>The resume token belongs to a connection of another user.</summary>
    ForeignToken,

    /// <summary>The position is of another epoch, was never reached, or is no longer in the history.</summary>
    PositionUnknown,

    /// <summary>The room's kind has no presence, or only counts.</summary>
    PresenceOff,

    /// <summary>The presence state is larger than the room's kind allows.</summary>
    StateTooLarge,

    /// <summary>The payload is larger than the room's kind allows.</summary>
    PayloadTooLarge,

    /// <summary>The feed takes no such message: a key where none are kept, or a slot or key that is malformed.</summary>
    Refused,

    /// <summary>The backplane can't be reached or did not answer in time; the outcome is unknown, try again.</summary>
    Unavailable,

    /// <summary>There is no such room, or nothing of it is kept.</summary>
    NoSuchRoom,

    /// <summary>The user is banned.</summary>
    Banned,

    /// <summary>As many users are banned as may be.</summary>
    TooManyBans,

    /// <summary>The client has made a later resume already, which holds or held the connection.</summary>
    Overtaken,

    /// <summary>There is no such node, or it is not of the kind that was asked for.</summary>
    NoSuchNode,

    /// <summary>The node is the last of its kind: nobody would take over what it holds.</summary>
    LastNode,

    /// <summary>The room's logic refused the message.</summary>
    RefusedByLogic,

    /// <summary>
    /// Within the cluster: there is no such connection, but a silo has died a moment ago, and whichever edge holds it may
    /// yet say so. Callers are told Unavailable.
    /// </summary>
    NotYetClaimed,
}
