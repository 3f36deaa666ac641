using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Switchboard.Gateway.Listening;

namespace Switchboard.Gateway.Api;

/// <summary>
/// Without keys: nobody, but on a developer's machine whoever comes in over loopback, where clients may name themselves
/// there too. A web page is not let in: it could reach a loopback address from anywhere.
/// </summary>
internal sealed class DevelopmentApiAuthenticator(IOptions<GatewayOptions> options) : IApiAuthenticator
{
    private const ApiRoles All = ApiRoles.Publish | ApiRoles.Read | ApiRoles.Admin;

    public ValueTask<ApiAccess> AuthenticateAsync(HttpContext context)
    {
        string? problem =
            options.Value.Access.DevelopmentIdentity == DevelopmentIdentity.Never
                || context.Features.Get<LoopbackFeature>() is null
                ? "No API keys are configured, and without them the API is open on loopback in development only."
            : context.Request.Headers.Origin.Count > 0
                ? "A web page may not use the API without a key."
            : context.Request.Host.Host is not ("localhost" or "127.0.0.1" or "[::1]")
                ? "Without a key the API is reached as localhost only."
            : null;
        return new(problem is null ? new ApiAccess(All, null) : new ApiAccess(ApiRoles.None, problem));
    }
}
