using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Users;
using Switchboard.Gateway.Api.Answers;
using Switchboard.Gateway.Api.Requests;
using Switchboard.Gateway.Identity.ApiKeys;

namespace Switchboard.Gateway.Api.Routes;

/// <summary>Users and their bans.</summary>
internal sealed class UserRoutes(IBackplaneAdmin admin)
{
    public IEnumerable<ApiRoute> All =>
    [
        new("GET", "/user", ApiKeyRole.Read, InspectAsync),
        new("GET", "/bans", ApiKeyRole.Read, ListBansAsync),
        new("POST", "/ban", ApiKeyRole.Moderate, BanAsync),
        new("POST", "/unban", ApiKeyRole.Moderate, UnbanAsync),
    ];

    private async ValueTask<ApiAnswer> InspectAsync(ApiRequest request)
    {
        UserName user = request.Fields.User(request.Parameter("user"));
        string? after = request.Parameter("after");
        int limit = request.Fields.Limit(request.Parameter("limit"), ApiLimits.MaxPage, ApiLimits.Page);
        if (request.Fields.Problem is { } problem)
        {
            return problem;
        }

        UserView view = await admin.InspectAsync(user, after, limit);
        return view.Status == BackplaneStatus.Ok
            ? ApiAnswer.Of(
                new UserAnswer(
                    user.Value,
                    view.Count,
                    [.. view.Connections.Select(static one => new ConnectionItem(one.Connection.Value, one.IsAttached))],
                    view.More ? view.Connections[^1].Connection.Value : null,
                    view.Ban is null ? null : Describe(view.Ban)),
                ApiJson.Default.UserAnswer)
            : ApiProblem.For(view.Status);
    }

    private async ValueTask<ApiAnswer> ListBansAsync(ApiRequest request)
    {
        string? after = request.Parameter("after");
        int limit = request.Fields.Limit(request.Parameter("limit"), ApiLimits.MaxPage, ApiLimits.Page);
        if (request.Fields.Problem is { } problem)
        {
            return problem;
        }

        BanPage page = await admin.ListBansAsync(after, limit);
        return page.Status == BackplaneStatus.Ok
            ? ApiAnswer.Of(
                new BansAnswer([.. page.Bans.Select(Describe)], page.More ? page.Bans[^1].User.Value : null),
                ApiJson.Default.BansAnswer)
            : ApiProblem.For(page.Status);
    }

    private async ValueTask<ApiAnswer> BanAsync(ApiRequest request)
    {
        if (!request.TryRead(ApiJson.Default.BanBody, out BanBody? body, out ApiProblem? malformed))
        {
            return malformed;
        }

        UserName user = request.Fields.User(body.User);
        string reason = request.Fields.Reason(body.Reason);
        long longest = (long)Ban.Longest.TotalSeconds;
        if (body.Seconds is not { } seconds || seconds < 1 || seconds > longest)
        {
            request.Fields.Refuse(ApiProblem.BadField($"seconds must be 1 to {longest}"));
        }

        if (request.Fields.Problem is { } problem)
        {
            return problem;
        }

        DisconnectResult result = await admin.BanAsync(user, TimeSpan.FromSeconds(body.Seconds!.Value), reason);
        return result.Status == BackplaneStatus.Ok
            ? ApiAnswer.Of(new DisconnectedAnswer(result.Count), ApiJson.Default.DisconnectedAnswer)
            : ApiProblem.For(result.Status);
    }

    private async ValueTask<ApiAnswer> UnbanAsync(ApiRequest request)
    {
        if (!request.TryRead(ApiJson.Default.UnbanBody, out UnbanBody? body, out ApiProblem? malformed))
        {
            return malformed;
        }

        UserName user = request.Fields.User(body.User);
        if (request.Fields.Problem is { } problem)
        {
            return problem;
        }

        BackplaneStatus status = await admin.UnbanAsync(user);
        return status == BackplaneStatus.Ok ? ApiAnswer.Done : ApiProblem.For(status);
    }

    private static BanItem Describe(Ban ban) => new(ban.User.Value, ban.Until, ban.Reason.Length == 0 ? null : ban.Reason);
}
