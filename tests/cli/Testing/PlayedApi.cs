using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Switchboard.Cli.Tests.Testing;

/// <summary>A server that answers <c>/api/v1/nodes</c> as docs/api.md has it, with nodes that a test has no cluster for.</summary>
internal sealed class PlayedApi : IAsyncDisposable
{
    private readonly WebApplication _server;

    private PlayedApi(WebApplication server)
    {
        _server = server;
    }

    public string Url => _server.Urls.Single();

    /// <summary>Starts it on a free port.</summary>
    /// <param name="nodes">What it answers; null for a server that has no such route.</param>
    public static async Task<PlayedApi> StartAsync(string? nodes)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication server = builder.Build();
        if (nodes is not null)
        {
            server.MapGet("/api/v1/nodes", () => Results.Text(nodes, "application/json"));
        }

        await server.StartAsync();
        return new PlayedApi(server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
