using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Switchboard.Gateway.Identity.ApiKeys;
using Switchboard.Gateway.Listening;

namespace Switchboard.Gateway.Api;

/// <summary>
/// Says what the caller of the API may do: what its key allows. Where no key is configured, nothing; but on a developer's
/// machine whoever comes in over loopback may do everything, where clients may name themselves there too. Of web pages
/// only our own are let in then: any other could reach a loopback address from anywhere.
/// </summary>
internal sealed class ApiAuthenticator(ApiKeyVerifier keys, IOptions<GatewayOptions> options)
{
    private static readonly ApiKeyIdentity Developer = new("development", [ApiKeyRole.Admin]);

    /// <summary>Null with a problem, a sentence for status 401, where it is not known who calls.</summary>
    public ApiKeyIdentity? Authenticate(HttpContext context, out string? problem)
    {
        problem = null;
        if (!keys.IsConfigured)
        {
            problem = WithoutKeys(context);
            return problem is null ? Developer : null;
        }

        IHeaderDictionary headers = context.Request.Headers;
        ReadOnlySpan<char> key = headers.Authorization.Count > 1 || headers["X-Api-Key"].Count > 1
            ? default
            : ApiKeyVerifier.Find(headers.Authorization, headers["X-Api-Key"]);
        if (keys.TryVerify(key, out ApiKeyIdentity? identity))
        {
            return identity;
        }

        problem = key.IsEmpty
            ? "Send an API key, as Authorization: Bearer sbk_… or X-Api-Key: sbk_…"
            : "The API key is not known.";
        return null;
    }

    /// <summary>Whether there is a key, or a place, with which the caller could do everything.</summary>
    public bool IsOpenToAdmins(HttpContext context) =>
        keys.IsConfigured ? keys.HasAny(ApiKeyRole.Admin) : WithoutKeys(context) is null;

    // The host was found to be the loopback's own name, so a page that was loaded from there is ours.
    private static bool IsOwn(HttpRequest request) =>
        request.Headers.Origin is [var origin] && origin == $"{request.Scheme}://{request.Host}";

    private string? WithoutKeys(HttpContext context) =>
        options.Value.Access.DevelopmentIdentity == DevelopmentIdentity.Never
            || context.Features.Get<LoopbackFeature>() is null
            ? "No API key is configured, and without one the API is open on loopback in development only."
        : context.Request.Host.Host is not ("localhost" or "127.0.0.1" or "[::1]")
            ? "Without a key the API is reached as localhost only."
        : context.Request.Headers.Origin.Count > 0 && !IsOwn(context.Request)
            ? "A web page may not use the API without a key."
        : null;
}
