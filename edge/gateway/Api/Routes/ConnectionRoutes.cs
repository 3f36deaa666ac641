using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;
using Switchboard.Gateway.Api.Answers;
using Switchboard.Gateway.Api.Requests;
using Switchboard.Gateway.Identity.ApiKeys;

namespace Switchboard.Gateway.Api.Routes;

/// <summary>Connections: seen, moved in and out of rooms, ended.</summary>
internal sealed class ConnectionRoutes(IBackplaneAdmin admin)
{
    // What a client is told where the caller gives no reason.
    private const string Removed = "removed";

    public IEnumerable<ApiRoute> All =>
    [
        new("GET", "/connection", ApiKeyRole.Read, InspectAsync),
        new("POST", "/join", ApiKeyRole.Moderate, JoinAsync),
        new("POST", "/leave", ApiKeyRole.Moderate, LeaveAsync),
        new("POST", "/disconnect", ApiKeyRole.Moderate, DisconnectAsync),
    ];

    private async ValueTask<ApiAnswer> InspectAsync(ApiRequest request)
    {
        ConnectionId connection = request.Fields.Connection(request.Parameter("connection"));
        if (request.Fields.Problem is { } problem)
        {
            return problem;
        }

        ConnectionView view = await admin.InspectAsync(connection);
        return view.Status == BackplaneStatus.Ok
            ? ApiAnswer.Of(
                new ConnectionAnswer(
                    connection.Value, view.User.Value, view.IsAttached, [.. view.Rooms.Select(static room => room.Value)]),
                ApiJson.Default.ConnectionAnswer)
            : ApiProblem.For(view.Status);
    }

    private async ValueTask<ApiAnswer> JoinAsync(ApiRequest request)
    {
        if (!request.TryRead(ApiJson.Default.JoinBody, out JoinBody? body, out ApiProblem? malformed))
        {
            return malformed;
        }

        ConnectionId connection = request.Fields.Connection(body.Connection);
        RoomName room = request.Fields.Room(body.Room);
        ReadOnlyMemory<byte> state = body.State.IsNull ? default : body.State.Utf8;
        if (!state.IsEmpty && state.Span[0] != (byte)'{')
        {
            request.Fields.Refuse(ApiProblem.BadField("state must be an object or null"));
        }

        if (request.Fields.Problem is { } problem)
        {
            return problem;
        }

        BackplaneStatus status = await admin.JoinAsync(connection, room, body.Presence ?? false, state);
        return status == BackplaneStatus.Ok ? ApiAnswer.Done : ApiProblem.For(status);
    }

    private async ValueTask<ApiAnswer> LeaveAsync(ApiRequest request)
    {
        if (!request.TryRead(ApiJson.Default.LeaveBody, out LeaveBody? body, out ApiProblem? malformed))
        {
            return malformed;
        }

        ConnectionId connection = request.Fields.Connection(body.Connection);
        RoomName room = request.Fields.Room(body.Room);
        string reason = request.Fields.Reason(body.Reason);
        if (request.Fields.Problem is { } problem)
        {
            return problem;
        }

        BackplaneStatus status = await admin.LeaveAsync(connection, room, reason.Length == 0 ? Removed : reason);
        return status == BackplaneStatus.Ok ? ApiAnswer.Done : ApiProblem.For(status);
    }

    private async ValueTask<ApiAnswer> DisconnectAsync(ApiRequest request)
    {
        if (!request.TryRead(ApiJson.Default.DisconnectBody, out DisconnectBody? body, out ApiProblem? malformed))
        {
            return malformed;
        }

        Fields fields = request.Fields;
        fields.ExactlyOne(body.User is not null, body.Connection is not null, "user and connection");
        UserName user = body.User is null ? default : fields.User(body.User);
        ConnectionId connection = body.Connection is null ? default : fields.Connection(body.Connection);
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        DisconnectResult result = body.User is not null
            ? await admin.DisconnectAsync(user)
            : new DisconnectResult(await admin.DisconnectAsync(connection), 1);
        return result.Status == BackplaneStatus.Ok
            ? ApiAnswer.Of(new DisconnectedAnswer(result.Count), ApiJson.Default.DisconnectedAnswer)
            : ApiProblem.For(result.Status);
    }
}
