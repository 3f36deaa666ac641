using Switchboard.Gateway.Identity.ApiKeys;

namespace Switchboard.Gateway.Api.Routes;

/// <summary>One thing that the API can do.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">Its path below <c>/api/v1</c>.</param>
/// <param name="Role">What the caller must be allowed.</param>
/// <param name="Handle">Does it.</param>
internal sealed record ApiRoute(
    string Method, string Path, ApiKeyRole Role, Func<ApiRequest, ValueTask<ApiAnswer>> Handle);
