using Microsoft.AspNetCore.Http;

namespace Switchboard.Gateway;

/// <summary>Finds out what the caller of the HTTP API may do.</summary>
public interface IApiAuthenticator
{
    /// <summary>Looks at a request's headers and connection. Its body is not to be touched.</summary>
    ValueTask<ApiAccess> AuthenticateAsync(HttpContext context);
}
