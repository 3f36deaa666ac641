using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Switchboard.Core.Backplane;
using Switchboard.Gateway;

namespace Switchboard.ClientContract.Harness;

/// <summary>A gateway on Kestrel, on a free loopback port, in front of any backplane.</summary>
public sealed class ContractEdge : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ContractEdge(WebApplication app)
    {
        _app = app;
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features
            .Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts one.</summary>
    /// <param name="backplane">The backplane, which is the caller's to stop.</param>
    /// <param name="grace">How long that keeps a connection.</param>
    /// <param name="configure">Changes the gateway's options.</param>
    /// <param name="build">Changes what else it has.</param>
    public static async Task<ContractEdge> StartAsync(
        IBackplane backplane,
        TimeSpan grace,
        Action<GatewayOptions>? configure = null,
        Action<IServiceCollection>? build = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.Services.AddMetrics();
        builder.Services.AddLogging();
        builder.Services.AddSingleton(backplane);
        builder.Services.AddSwitchboardGateway(
            options => configure?.Invoke(options), new BackplaneFacts(grace, MaxRooms: 100, MaxStateBytes: 1024));
        build?.Invoke(builder.Services);
        WebApplication app = builder.Build();
        app.UseSwitchboard();
        await app.StartAsync();
        return new ContractEdge(app);
    }

    /// <summary>Stops it.</summary>
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
