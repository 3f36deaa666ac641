using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Gateway.Api.Answers;
using Switchboard.Gateway.Api.Requests;
using Switchboard.Gateway.Identity.ApiKeys;

namespace Switchboard.Gateway.Api.Routes;

/// <summary>Publish and send, as the server. Keys of all callers of the API are one user's.</summary>
internal sealed class PublishRoutes(IBackplane backplane, ApiOptions options)
{
    public IEnumerable<ApiRoute> All =>
    [
        new("POST", "/publish", ApiKeyRole.Publish, PublishAsync),
        new("POST", "/send", ApiKeyRole.Publish, SendAsync),
    ];

    private ValueTask<ApiAnswer> PublishAsync(ApiRequest request)
    {
        if (!request.TryRead(ApiJson.Default.PublishBody, out PublishBody? body, out ApiProblem? malformed))
        {
            return new(malformed);
        }

        Publication publication = MessageFields.Read(request, body);
        Fields fields = request.Fields;
        fields.ExactlyOne(body.Room is not null, body.Rooms is not null, "room and rooms");
        RoomName[] rooms = fields.Problem is not null ? []
            : body.Rooms is null ? [fields.Room(body.Room)]
            : RoomsOf(fields, body.Rooms);
        return fields.Problem is { } problem ? new(problem)
            : body.Rooms is null ? PublishAsync(rooms[0], publication)
            : PublishAsync(rooms, publication);
    }

    private async ValueTask<ApiAnswer> SendAsync(ApiRequest request)
    {
        if (!request.TryRead(ApiJson.Default.SendBody, out SendBody? body, out ApiProblem? malformed))
        {
            return malformed;
        }

        Publication publication = MessageFields.Read(request, body);
        Fields fields = request.Fields;
        fields.ExactlyOne(body.User is not null, body.Connection is not null, "user and connection");
        UserName user = body.User is null ? default : fields.User(body.User);
        ConnectionId connection = body.Connection is null ? default : fields.Connection(body.Connection);
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        PublishResult result = body.User is not null
            ? await backplane.SendAsync(user, publication)
            : await backplane.SendAsync(connection, publication);
        if (result.Status != BackplaneStatus.Ok)
        {
            return ApiProblem.For(result.Status);
        }

        Position? position = PositionOf(publication, result);
        return ApiAnswer.Of(
            new SentAnswer(position?.Epoch.ToString(), position?.Offset, result.Duplicate ? true : null),
            ApiJson.Default.SentAnswer);
    }

    private static Position? PositionOf(in Publication publication, in PublishResult result) =>
        publication.Class == DeliveryClass.Volatile ? null : result.Position;

    private static PublishedAnswer Describe(RoomName room, in Publication publication, in PublishResult result)
    {
        Position? position = PositionOf(publication, result);
        return result.Status == BackplaneStatus.Ok
            ? new PublishedAnswer(
                room.Value, position?.Epoch.ToString(), position?.Offset, result.Duplicate ? true : null, null)
            : new PublishedAnswer(room.Value, null, null, null, ApiProblem.For(result.Status).ToBody());
    }

    private async ValueTask<ApiAnswer> PublishAsync(RoomName room, Publication publication)
    {
        PublishResult result = await backplane.PublishAsync(room, publication);
        return result.Status == BackplaneStatus.Ok
            ? ApiAnswer.Of(Describe(room, publication, result), ApiJson.Default.PublishedAnswer)
            : ApiProblem.For(result.Status);
    }

    private async ValueTask<ApiAnswer> PublishAsync(RoomName[] rooms, Publication publication)
    {
        PublishResult[] results = await Task.WhenAll(
            rooms.Select(room => backplane.PublishAsync(room, publication).AsTask()));
        return ApiAnswer.Of(
            new PublishedManyAnswer([.. rooms.Zip(results, (room, result) => Describe(room, publication, result))]),
            ApiJson.Default.PublishedManyAnswer);
    }

    private RoomName[] RoomsOf(Fields fields, string?[] names)
    {
        if (names.Length < 1 || names.Length > options.MaxRooms)
        {
            fields.Refuse(ApiProblem.BadField($"rooms must be 1 to {options.MaxRooms} names"));
            return [];
        }

        RoomName[] rooms = [.. names.Select(name => fields.Room(name, "rooms"))];
        if (rooms.Distinct().Count() != rooms.Length)
        {
            fields.Refuse(ApiProblem.BadField("rooms has a name twice"));
        }

        return rooms;
    }
}
