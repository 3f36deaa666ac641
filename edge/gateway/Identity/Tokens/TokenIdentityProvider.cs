using Switchboard.Gateway.Identity.Grants;
using Switchboard.Gateway.Metrics;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Gateway.Identity.Tokens;

/// <summary>Takes a client's token out of its handshake: from the header, or for browsers from the query.</summary>
internal sealed class TokenIdentityProvider(Authenticator authenticator, TokenOptions options, GatewayMetrics metrics)
    : IIdentityProvider
{
    private const string Scheme = "Bearer ";

    public async ValueTask<IdentityResult> IdentifyAsync(RequestHead head, bool loopback)
    {
        TokenRefusal refusal = Find(head, out string? token);
        if (refusal == TokenRefusal.None && token is null)
        {
            if (options.FirstMessage)
            {
                return new IdentityResult { IsDeferred = true };
            }

            refusal = TokenRefusal.Missing;
        }

        Grant? grant = null;
        if (refusal == TokenRefusal.None)
        {
            (grant, refusal) = await authenticator.VerifyAsync(token!);
        }

        if (grant is null)
        {
            metrics.TokenRefused(refusal);
            return new IdentityResult(default, refusal.Text()) { IsUnavailable = refusal == TokenRefusal.KeysUnavailable };
        }

        return new IdentityResult(grant.User, null) { Grant = grant };
    }

    // RFC 6750 §2: in one way, not in several.
    private static TokenRefusal Find(RequestHead head, out string? token)
    {
        token = null;
        string? authorization = head.Header("Authorization");
        if (!head.TryGetQueryParameter("token", out string? query))
        {
            return TokenRefusal.BadEncoding;
        }

        if (authorization is not null)
        {
            // Another scheme is another's affair: a proxy's, say.
            token = authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..].Trim(' ') : null;
        }

        if (token is not null && query is not null)
        {
            return TokenRefusal.Ambiguous;
        }

        token ??= query;
        return TokenRefusal.None;
    }
}
