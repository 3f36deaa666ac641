using Switchboard.Core.Backplane;
using Switchboard.Core.Users;
using Switchboard.Gateway.Identity.ApiKeys;
using Switchboard.Gateway.Sessions;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Gateway.Api;

/// <summary>Why a request failed (RFC 9457).</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">A word for programs: one of <see cref="ErrorCodes"/> where the sockets have it too.</param>
/// <param name="Detail">A sentence for people.</param>
/// <param name="Retry">Whether the same request may succeed later.</param>
internal sealed record ApiProblem(int Status, string Code, string Detail, bool Retry = false)
{
    /// <summary>In how many seconds to try again, where it may succeed later.</summary>
    public int RetryAfter { get; private init; } = 1;

    public static ApiProblem BadField(string detail) => new(400, ErrorCodes.BadField, detail);

    public static ApiProblem BadName(string field, string detail) => new(400, ErrorCodes.BadName, $"{field}: {detail}");

    public static ApiProblem BadJson(string detail) => new(400, ErrorCodes.BadJson, detail);

    public static ApiProblem BodyTooLarge(int most) =>
        new(413, ErrorCodes.TooLarge, $"the body is larger than {most} bytes");

    public static ApiProblem NotJson() =>
        new(415, "unsupported_media_type", "the body must be sent as application/json");

    public static ApiProblem NotFound() => new(404, "not_found", "there is nothing at this path");

    public static ApiProblem MethodNotAllowed() => new(405, "method_not_allowed", "this path takes another method");

    public static ApiProblem Unauthorized(string detail) => new(401, "unauthorized", detail);

    public static ApiProblem Forbidden(ApiKeyRole missing) =>
        new(403, "forbidden", $"this takes the role {missing.ToString().ToLowerInvariant()}");

    public static ApiProblem TooFast(TimeSpan wait) =>
        new(429, ErrorCodes.TooFast, "more requests than the API key may send", Retry: true)
        {
            RetryAfter = (int)Math.Ceiling(wait.TotalSeconds),
        };

    /// <summary>What a backplane says no with, in the words of the sockets where they have them.</summary>
    public static ApiProblem For(BackplaneStatus status)
    {
        switch (status)
        {
            case BackplaneStatus.NoSuchRoom:
                return new(404, "no_such_room", "there is no such room, or nothing of it is kept");
            case BackplaneStatus.TooManyBans:
                return new(409, "too_many_bans", $"{BanList.MaxCount} users are banned, which is as many as may be");
            case BackplaneStatus.NoSuchNode:
                return new(404, "no_such_node", "there is no such node, or it does not hold sockets");
            case BackplaneStatus.LastNode:
                return new(409, "last_node", "no other node of its kind is ready to take over; stop the program to end it all the same");
            case BackplaneStatus.NotJoined:
                return new(409, ErrorCodes.NotJoined, "the connection is not in the room");
            default:
                ErrorEvent error = SessionErrors.For(status, 0);
                return new(StatusFor(status), error.Code, error.Message, error.Retry);
        }
    }

    public ProblemBody ToBody() => new(
        $"urn:switchboard:problem:{Code}", Code.Replace('_', ' '), Status, Detail, Code, Retry ? true : null);

    private static int StatusFor(BackplaneStatus status) => status switch
    {
        BackplaneStatus.AlreadyJoined or BackplaneStatus.TooManyRooms or BackplaneStatus.RoomFull => 409,
        BackplaneStatus.NoSuchConnection => 404,
        BackplaneStatus.PositionUnknown or BackplaneStatus.Refused or BackplaneStatus.RefusedByLogic => 422,
        BackplaneStatus.StateTooLarge or BackplaneStatus.PayloadTooLarge => 413,
        _ => 503,
    };
}
