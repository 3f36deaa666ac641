using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Gateway;
using Switchboard.Node;

namespace Switchboard.Testing;

/// <summary>What an edge shows to clients: the gateway and the HTTP API, on a free port of the loopback interface.</summary>
internal sealed class EdgeGateway
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private readonly WebApplication _app;
    private readonly EdgeSockets _sockets = new();

    public EdgeGateway(OrleansBackplane backplane, SwitchboardClusterOptions options)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        IServiceCollection services = builder.Services;
        services.AddRouting();
        services.AddMetrics();
        services.AddLogging(logging => options.ConfigureLogging?.Invoke(logging));
        services.AddSingleton(options.Clock ?? TimeProvider.System);
        services.AddSingleton<IBackplane>(backplane);
        services.AddSingleton(backplane.Admin);
        ConnectionOptions connections = options.Grains.Connections;
        services.AddSwitchboardGateway(
            gateway => options.ConfigureGateway?.Invoke(gateway),
            new BackplaneFacts(connections.Grace, connections.MaxRooms, options.Grains.Rooms.Default.MaxStateBytes));
        services.Configure<KestrelServerOptions>(kestrel => kestrel.ConfigureEndpointDefaults(endpoint =>
        {
            endpoint.Use(next => connection => _sockets.ServeAsync(connection, next));
            endpoint.UseSwitchboard();
        }));
        _app = builder.Build();
        _app.UseSwitchboard();
        options.ConfigureApp?.Invoke(_app);
        _app.UseRouting();
        _app.MapSwitchboardApi();
    }

    /// <summary>Where it listens; once started.</summary>
    public Uri Url { get; private set; } = null!;

    public async Task StartAsync()
    {
        await _app.StartAsync();
        Url = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public void Break() => _sockets.Break();

    public async Task StopAsync()
    {
        using var limit = new CancellationTokenSource(StopPatience);
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }

    public async Task KillAsync()
    {
        _sockets.Cut();
        try
        {
            await _app.StopAsync(new CancellationToken(canceled: true));
        }
        catch (OperationCanceledException)
        {
            // It was told not to wait for anything.
        }

        await _app.DisposeAsync();
    }
}
