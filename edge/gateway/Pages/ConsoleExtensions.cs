using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Switchboard.Gateway.Pages;

namespace Switchboard.Gateway;

/// <summary>Puts the console into an ASP.NET Core program that has the gateway and its API.</summary>
public static class ConsoleExtensions
{
    /// <summary>
    /// Maps the console for operators under <c>/console</c>, where the API is served too and
    /// <see cref="ApiOptions.Console"/> is on.
    /// </summary>
    public static IEndpointRouteBuilder MapSwitchboardConsole(this IEndpointRouteBuilder endpoints)
    {
        ConsolePage page = endpoints.ServiceProvider.GetRequiredService<ConsolePage>();
        endpoints.MapMethods("/console/{file?}", [HttpMethods.Get, HttpMethods.Head], page.ServeAsync);
        return endpoints;
    }
}
