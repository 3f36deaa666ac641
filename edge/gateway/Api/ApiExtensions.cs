using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Switchboard.Gateway.Api;
using Switchboard.Gateway.Api.Routes;

namespace Switchboard.Gateway;

/// <summary>Puts the HTTP API into an ASP.NET Core program that has the gateway.</summary>
public static class ApiExtensions
{
    private const string Root = "/api/v1";

    /// <summary>
    /// Maps the API under <c>/api/v1</c>, with its description at <c>/api/v1/openapi.json</c>. The program also adds an
    /// <see cref="Core.Backplane.IBackplaneAdmin"/>.
    /// </summary>
    public static IEndpointRouteBuilder MapSwitchboardApi(this IEndpointRouteBuilder endpoints)
    {
        ApiServer server = endpoints.ServiceProvider.GetRequiredService<ApiServer>();
        foreach (ApiRoute route in server.Routes)
        {
            endpoints.MapMethods(Root + route.Path, [route.Method], context => server.ServeAsync(context, route));
        }

        endpoints.MapGet(Root + ApiDescription.Path, context =>
            server.IsServed(context) ? ApiDescription.WriteAsync(context) : server.RefuseAsync(context, string.Empty));
        endpoints.Map(Root + "/{**rest}", context => server.RefuseAsync(
            context, "/" + (context.Request.RouteValues["rest"] as string ?? string.Empty)));
        return endpoints;
    }
}
