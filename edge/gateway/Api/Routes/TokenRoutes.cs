using Switchboard.Core.Identifiers;
using Switchboard.Gateway.Api.Answers;
using Switchboard.Gateway.Api.Requests;
using Switchboard.Gateway.Identity.ApiKeys;
using Switchboard.Gateway.Identity.Grants;
using Switchboard.Gateway.Identity.Tokens;

namespace Switchboard.Gateway.Api.Routes;

/// <summary>Issues tokens for clients.</summary>
internal sealed class TokenRoutes(TokenIssuer issuer, TimeProvider time)
{
    private const long LongestSeconds = 30 * 24 * 3600;
    private const int MaxCaps = 100;

    public IEnumerable<ApiRoute> All => [new("POST", "/token", ApiKeyRole.Issue, IssueAsync)];

    private ValueTask<ApiAnswer> IssueAsync(ApiRequest request)
    {
        if (!request.TryRead(ApiJson.Default.TokenBody, out TokenBody? body, out ApiProblem? malformed))
        {
            return new(malformed);
        }

        Fields fields = request.Fields;
        if (body.Seconds is not { } seconds || seconds < 1 || seconds > LongestSeconds)
        {
            fields.Refuse(ApiProblem.BadField($"seconds must be 1 to {LongestSeconds}"));
            seconds = 1;
        }

        TimeSpan lifetime = TimeSpan.FromSeconds(seconds);
        Func<string> issue = body.Room is null ? ForUser(fields, body, lifetime) : ForRoom(fields, body, lifetime);
        if (fields.Problem is { } problem)
        {
            return new(problem);
        }

        return new(Issue(issue, lifetime));
    }

    private static CapabilityRule RuleOf(Fields fields, CapsBody? caps)
    {
        fields.ExactlyOne(caps?.Rooms is not null, caps?.Users is not null, "rooms and users in each of caps");
        string? pattern = caps?.Rooms ?? caps?.Users;
        if (pattern is not { Length: > 0 and <= CapabilityRule.MaxPattern })
        {
            fields.Refuse(ApiProblem.BadField($"a pattern in caps must have 1 to {CapabilityRule.MaxPattern} characters"));
        }

        Capability possible = caps?.Rooms is null ? Capability.Send : Capability.Room;
        return new CapabilityRule(fields.Text(pattern, "caps"), Allow(fields, caps?.Allow, possible));
    }

    private static Capability Allow(Fields fields, string?[]? words, Capability possible)
    {
        Capability allow = Capability.None;
        foreach (string? word in words is { Length: > 0 } ? words : [null])
        {
            Capability one = CapabilityClaim.Find(word) & possible;
            allow |= one;
            if (one == Capability.None)
            {
                fields.Refuse(ApiProblem.BadField(possible == Capability.Send
                    ? "allow must be [\"send\"] with users"
                    : "allow must name some of join, publish, presence, history, moderate"));
            }
        }

        return allow;
    }

    private Func<string> ForUser(Fields fields, TokenBody body, TimeSpan lifetime)
    {
        UserName user = fields.User(body.User);
        if (body.Allow is not null)
        {
            fields.Refuse(ApiProblem.BadField("allow goes with room; for a user's connections there is caps"));
        }

        if (body.Caps is { Length: > MaxCaps })
        {
            fields.Refuse(ApiProblem.BadField($"caps must not have more than {MaxCaps}"));
            return static () => string.Empty;
        }

        CapabilityRule[] rules = [.. (body.Caps ?? []).Select(caps => RuleOf(fields, caps))];
        return () => issuer.Issue(user, lifetime, rules);
    }

    private Func<string> ForRoom(Fields fields, TokenBody body, TimeSpan lifetime)
    {
        UserName? user = body.User is null ? null : fields.User(body.User);
        RoomName room = fields.Room(body.Room);
        if (body.Caps is not null)
        {
            fields.Refuse(ApiProblem.BadField("caps does not go with room"));
        }

        Capability allow = Allow(fields, body.Allow, Capability.Room);
        return () => issuer.IssueForRoom(user, room, allow, lifetime);
    }

    private ApiAnswer Issue(Func<string> issue, TimeSpan lifetime)
    {
        if (!issuer.IsConfigured)
        {
            return new ApiProblem(409, "not_configured", "there is no HS256 key to issue tokens with; see Access:Tokens:Keys");
        }

        long expires = time.GetUtcNow().Add(lifetime).ToUnixTimeMilliseconds();
        try
        {
            return ApiAnswer.Of(new TokenAnswer(issue(), expires), ApiJson.Default.TokenAnswer);
        }
        catch (InvalidOperationException e)
        {
            return new ApiProblem(422, "too_large", e.Message);
        }
    }
}
