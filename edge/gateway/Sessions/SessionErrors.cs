using System.Globalization;
using Switchboard.Core.Backplane;
using Switchboard.Core.Users;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Gateway.Sessions;

/// <summary>What a client is told when the backplane says no.</summary>
internal static class SessionErrors
{
    public static ErrorEvent For(BackplaneStatus status, long id, string? room = null) => status switch
    {
        BackplaneStatus.AlreadyJoined =>
            new(id, ErrorCodes.AlreadyJoined, "the room is joined already", Room: room),
        BackplaneStatus.NotJoined =>
            new(id, ErrorCodes.NotJoined, "the room is not joined", Room: room),
        BackplaneStatus.TooManyRooms =>
            new(id, ErrorCodes.TooManyRooms, "the connection is in as many rooms as it may be", Room: room),
        BackplaneStatus.RoomFull =>
            new(id, ErrorCodes.RoomFull, "the room has as many members as it may have", Room: room),
        BackplaneStatus.NoSuchConnection =>
            new(id, ErrorCodes.NoSuchConnection, "there is no such connection, or nobody of that user is connected"),
        BackplaneStatus.WrongToken =>
            new(id, ErrorCodes.ResumeWrong, "that is not the connection's resume token"),
        BackplaneStatus.ForeignToken =>
            new(id, ErrorCodes.ResumeForeign, "the resume token is of a connection of another user"),
        BackplaneStatus.Overtaken =>
            new(id, ErrorCodes.ResumeOvertaken, "a resume with a higher turn came in before; it has the connection"),
        BackplaneStatus.PositionUnknown =>
            new(id, ErrorCodes.PositionUnknown, "the position is of another epoch, ahead of the feed, or no longer kept", Room: room),
        BackplaneStatus.PresenceOff =>
            new(id, ErrorCodes.PresenceOff, "the room tells nothing of its members", Room: room),
        BackplaneStatus.StateTooLarge =>
            new(id, ErrorCodes.StateTooLarge, "the state is larger than the room allows", Room: room),
        BackplaneStatus.PayloadTooLarge =>
            new(id, ErrorCodes.TooLarge, "the payload is larger than the room allows", Room: room),
        BackplaneStatus.Refused =>
            new(id, ErrorCodes.Refused, "the feed takes no such message: it keeps no keys", Room: room),
        BackplaneStatus.RefusedByLogic =>
            new(id, ErrorCodes.Refused, "the room's logic refused the message", Room: room),
        BackplaneStatus.Banned =>
            new(id, ErrorCodes.Banned, "the user is banned"),
        _ =>
            new(id, ErrorCodes.Unavailable, "the outcome is unknown; try again with the same key", Retry: true, Room: room),
    };

    /// <summary>Until when, and why where that is to be told.</summary>
    public static ErrorEvent For(Ban ban, long id)
    {
        string until = DateTimeOffset.FromUnixTimeMilliseconds(ban.Until).UtcDateTime.ToString("s", CultureInfo.InvariantCulture);
        return new(id, ErrorCodes.Banned, $"the user is banned until {until}Z{(ban.Reason.Length == 0 ? "" : $": {ban.Reason}")}");
    }
}
