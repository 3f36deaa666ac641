using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Switchboard.Gateway.Tests.Identity.Tokens;

/// <summary>Publishes a key set on loopback, and counts how often it is asked for.</summary>
internal sealed class JwksServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;

    private JwksServer(WebApplication app) => _app = app;

    /// <summary>What it answers.</summary>
    public volatile string Body = """{"keys":[]}""";

    public volatile int Status = 200;

    public int Requests => Volatile.Read(ref _requests);

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/keys";

    public static async Task<JwksServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        JwksServer server = new(builder.Build());
        server._app.Run(async context =>
        {
            Interlocked.Increment(ref server._requests);
            context.Response.StatusCode = server.Status;
            context.Response.Headers.Location = "/elsewhere";
            await context.Response.WriteAsync(server.Body);
        });
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
