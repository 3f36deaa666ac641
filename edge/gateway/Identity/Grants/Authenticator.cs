using System.Text.Json;
using Switchboard.Core.Identifiers;
using Switchboard.Gateway.Identity.Tokens;

namespace Switchboard.Gateway.Identity.Grants;

/// <summary>Turns tokens into what their bearers may do: their own capabilities, and those of the configuration's rules.</summary>
internal sealed class Authenticator(ITokenVerifier verifier, AccessOptions options)
{
    private readonly (string? Name, string Value, CapabilityRule Rule)[] _rules = [.. options.Rules.Select(static rule =>
    {
        int equals = rule.Claim.IndexOf('=', StringComparison.Ordinal);
        return equals < 0
            ? (null, string.Empty, rule.ToRule())
            : (rule.Claim[..equals], rule.Claim[(equals + 1)..], rule.ToRule());
    })];

    /// <summary>How long before the end a client is told, and how long after it the socket lives on.</summary>
    public (TimeSpan Warning, TimeSpan Grace) Times => (options.Tokens.Warning, options.Tokens.Grace);

    /// <summary>Verifies the token of a connection.</summary>
    /// <returns>The grant; or null, and why the token is refused.</returns>
    public async ValueTask<(Grant? Grant, TokenRefusal Refusal)> VerifyAsync(string token)
    {
        TokenResult result = await verifier.VerifyAsync(token);
        if (!result.IsAccepted)
        {
            return (null, result.Refusal);
        }

        TokenClaims claims = result.Claims;
        if (claims.Has("room") || claims.Has("rooms"))
        {
            return (null, TokenRefusal.NotForConnections);
        }

        if (!claims.Has(options.Tokens.UserClaim))
        {
            return (null, TokenRefusal.UserMissing);
        }

        string? user = claims.Text(options.Tokens.UserClaim);
        if (Name.Validate(user) is not null)
        {
            return (null, TokenRefusal.UserMalformed);
        }

        List<CapabilityRule> rules = [];
        if (!CapabilityClaim.TryRead(claims, rules))
        {
            return (null, TokenRefusal.CapabilitiesMalformed);
        }

        rules.AddRange(_rules.Where(rule => rule.Name is null || claims.Holds(rule.Name, rule.Value)).Select(rule => rule.Rule));
        return (new Grant(new UserName(user!), new Capabilities(rules), claims.Expires), TokenRefusal.None);
    }

    /// <summary>Verifies a token for one room.</summary>
    /// <param name="token">The token.</param>
    /// <param name="user">Who shows it.</param>
    /// <param name="room">The room that it is shown for.</param>
    public async ValueTask<(RoomGrant Grant, TokenRefusal Refusal)> VerifyAsync(string token, UserName user, string room)
    {
        TokenResult result = await verifier.VerifyAsync(token);
        if (!result.IsAccepted)
        {
            return (default, result.Refusal);
        }

        JsonElement claims = result.Claims.Root;
        bool one = claims.TryGetProperty("room", out JsonElement name);
        if (one == claims.TryGetProperty("rooms", out JsonElement pattern) || !claims.TryGetProperty("allow", out JsonElement list))
        {
            return (default, TokenRefusal.NotForRooms);
        }

        // Without a user it is for whoever has it.
        if (result.Claims.Has(options.Tokens.UserClaim) && result.Claims.Text(options.Tokens.UserClaim) != user.Value)
        {
            return (default, TokenRefusal.UserForeign);
        }

        if (!CapabilityClaim.TryReadAllow(list, Capability.Room, out Capability allow))
        {
            return (default, TokenRefusal.CapabilitiesMalformed);
        }

        bool matches = one
            ? TokenClaims.AsText(name) == room
            : TokenClaims.AsText(pattern) is { Length: <= CapabilityRule.MaxPattern } text && new CapabilityRule(text, allow).Matches(room);
        return matches ? (new RoomGrant(allow, result.Claims.Expires), TokenRefusal.None) : (default, TokenRefusal.RoomForeign);
    }
}
