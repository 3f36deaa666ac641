using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Switchboard.Core.Backplane;
using Switchboard.Gateway;

namespace Switchboard.ClientContract.Harness;

/// <summary>A gateway on Kestrel, on free loopback ports, in front of any backplane.</summary>
public sealed class ContractEdge : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _certificate;

    private ContractEdge(WebApplication app, string certificate)
    {
        _app = app;
        _certificate = certificate;
        Uri[] addresses = [.. _app.Services.GetRequiredService<IServer>().Features
            .Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address))];
        Address = addresses.Single(address => address.Scheme == "http");
        SecureAddress = addresses.Single(address => address.Scheme == "https");
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Where it listens for TLS, with HTTP/1.1 and HTTP/2.</summary>
    public Uri SecureAddress { get; }

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
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0", "https://127.0.0.1:0");
        string certificate = Path.Combine(Path.GetTempPath(), $"switchboard-{Guid.NewGuid():n}.pem");
        ContractCertificate.Write(certificate);
        builder.Services.AddRouting();
        builder.Services.AddMetrics();
        builder.Services.AddLogging();
        builder.Services.AddSingleton(backplane);
        builder.Services.AddSwitchboardGateway(
            options => configure?.Invoke(options), new BackplaneFacts(grace, MaxRooms: 100, MaxStateBytes: 1024));
        build?.Invoke(builder.Services);
        builder.UseSwitchboardEndpoints(new TlsOptions { CertificatePath = certificate }, null, "http://127.0.0.1:0");
        WebApplication app = builder.Build();
        app.UseSwitchboard();
        await app.StartAsync();
        return new ContractEdge(app, certificate);
    }

    /// <summary>Cuts its sockets off, as the end of its process does; what it serves has no time to end.</summary>
    public Task KillAsync() => _app.StopAsync(new CancellationToken(canceled: true));

    /// <summary>Stops it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        File.Delete(_certificate);
    }
}
