using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;
using Switchboard.Gateway.Api.Answers;
using Switchboard.Gateway.Identity.ApiKeys;
using Switchboard.Protocol.Envelope;

namespace Switchboard.Gateway.Api.Routes;

/// <summary>What there is to see of rooms.</summary>
internal sealed class RoomRoutes(IBackplaneAdmin admin)
{
    public IEnumerable<ApiRoute> All =>
    [
        new("GET", "/rooms", ApiKeyRole.Read, ListAsync),
        new("GET", "/room", ApiKeyRole.Read, InspectAsync),
        new("GET", "/members", ApiKeyRole.Read, MembersAsync),
        new("GET", "/history", ApiKeyRole.Read, HistoryAsync),
    ];

    private async ValueTask<ApiAnswer> ListAsync(ApiRequest request)
    {
        RoomQuery query = new(
            request.Fields.Pattern(request.Parameter("pattern")),
            request.Parameter("after"),
            request.Fields.Limit(request.Parameter("limit"), ApiLimits.MaxPage, ApiLimits.Page));
        if (request.Fields.Problem is { } problem)
        {
            return problem;
        }

        RoomPage page = await admin.ListRoomsAsync(query);
        return page.Status == BackplaneStatus.Ok
            ? ApiAnswer.Of(
                new RoomsAnswer(
                    [.. page.Rooms.Select(static room => new RoomItem(room.Room.Value, room.Members))],
                    page.More ? page.Rooms[^1].Room.Value : null,
                    page.IsComplete),
                ApiJson.Default.RoomsAnswer)
            : ApiProblem.For(page.Status);
    }

    private async ValueTask<ApiAnswer> InspectAsync(ApiRequest request)
    {
        RoomName room = request.Fields.Room(request.Parameter("room"));
        if (request.Fields.Problem is { } problem)
        {
            return problem;
        }

        RoomView view = await admin.InspectAsync(room, null, 0);
        return view.Status == BackplaneStatus.Ok
            ? ApiAnswer.Of(
                new RoomAnswer(
                    room.Value, view.Head.Epoch.ToString(), view.Head.Offset, WordFor(view.Mode), view.Version, view.Count),
                ApiJson.Default.RoomAnswer)
            : ApiProblem.For(view.Status);
    }

    private async ValueTask<ApiAnswer> MembersAsync(ApiRequest request)
    {
        RoomName room = request.Fields.Room(request.Parameter("room"));
        string? after = request.Parameter("after");
        int limit = request.Fields.Limit(request.Parameter("limit"), ApiLimits.MaxPage, ApiLimits.Page);
        if (request.Fields.Problem is { } problem)
        {
            return problem;
        }

        RoomView view = await admin.InspectAsync(room, after, limit);
        return view.Status == BackplaneStatus.Ok
            ? ApiAnswer.Of(
                new MembersAnswer(
                    room.Value,
                    view.Count,
                    [.. view.Members.Select(Describe)],
                    view.More ? view.Members[^1].Connection.Value : null),
                ApiJson.Default.MembersAnswer)
            : ApiProblem.For(view.Status);
    }

    private async ValueTask<ApiAnswer> HistoryAsync(ApiRequest request)
    {
        Fields fields = request.Fields;
        RoomName room = fields.Room(request.Parameter("room"));
        string? order = request.Parameter("order");
        Position? after = fields.Position(request.Parameter("after"), "after");
        Position? before = fields.Position(request.Parameter("before"), "before");
        bool newest = order is null ? before is not null : order == "newest";
        if (order is not (null or "oldest" or "newest"))
        {
            fields.Refuse(ApiProblem.BadField("order must be oldest or newest"));
        }
        else if (newest ? after is not null : before is not null)
        {
            fields.Refuse(ApiProblem.BadField("after goes with the order oldest, before with newest"));
        }

        int limit = fields.Limit(request.Parameter("limit"), EnvelopeLimits.HistoryPage, EnvelopeLimits.DefaultHistoryPage);
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        HistoryResult result = await admin.ReadAsync(room, new HistoryQuery(newest ? before : after, newest, limit));
        return result.Status == BackplaneStatus.Ok
            ? ApiAnswer.Of(
                new HistoryAnswer(
                    room.Value,
                    result.Head.Epoch.ToString(),
                    result.Head.Offset,
                    [.. result.Entries.Select(Describe)],
                    result.More),
                ApiJson.Default.HistoryAnswer)
            : ApiProblem.For(result.Status);
    }

    private static MemberItem Describe(PresenceMember member) => new(
        member.User.Value, member.Connection.Value, member.State.IsEmpty ? null : new RawJson(member.State));

    private static MessageItem Describe(FeedEntry entry)
    {
        bool isJson = entry.PayloadKind == PayloadKind.Json;
        return new MessageItem(
            entry.Offset,
            entry.Sender is { } sender ? new SenderItem(sender.User.Value, sender.Connection.Value) : null,
            entry.Timestamp,
            entry.Class == DeliveryClass.Latest ? "latest" : null,
            entry.Slot,
            isJson ? new RawJson(entry.Payload) : null,
            isJson ? null : Convert.ToBase64String(entry.Payload.Span));
    }

    private static string WordFor(PresenceMode mode) => mode switch
    {
        PresenceMode.Full => "full",
        PresenceMode.Count => "count",
        _ => "off",
    };
}
