using System.Diagnostics.Metrics;
using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;
using Switchboard.Gateway;
using Switchboard.Gateway.Tracing;
using Switchboard.Hosting;
using Switchboard.Node.Cluster;
using Switchboard.Node.Settings;
using Switchboard.Telemetry;
using Switchboard.Webhooks;

namespace Switchboard.Node;

/// <summary>Puts the gateway and the cluster's backplane together out of the configuration.</summary>
internal static class Startup
{
    private const string DefaultUrl = "http://127.0.0.1:8080";
    private const string Section = "Switchboard";

    /// <summary>Runs until told to stop. What keeps it from running is said in one line, without a stack trace.</summary>
    /// <returns>The exit code: 0, or 1 when it could not start or the cluster won't have it.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        NodeService? service = null;
        int exitCode = await ProgramRun.RunAsync("switchboard", () =>
        {
            WebApplication app = Create(args);
            service = app.Services.GetRequiredService<NodeService>();
            return Task.FromResult(app);
        });
        return exitCode == 0 && service?.Problem is { } problem ? await ProgramRun.FailAsync($"switchboard stopped: {problem}") : exitCode;
    }

    private static WebApplication Create(string[] args)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
        });
        AddServices(builder);

        WebApplication app = builder.Build();
        app.UseSwitchboard();
        app.UseDefaultFiles();
        app.UseStaticFiles();
        app.UseRouting();
        app.MapSwitchboardApi();
        app.MapSwitchboardConsole();
        app.MapGet("/healthz", () => Results.Text("ok"));
        app.MapGet("/readyz", static (OrleansBackplane backplane, EdgeDrain drain) => (backplane.NotReady ?? drain.NotReady) is { } reason
            ? Results.Text(reason, statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text("ok"));
        app.MapFallback(() => Results.Text("There is nothing at this path.", statusCode: StatusCodes.Status404NotFound));
        return app;
    }

    private static void AddServices(WebApplicationBuilder builder)
    {
        builder.Logging.WithoutFailedStarts();
        NodeConfiguration settings = NodeConfiguration.Read(builder.Configuration.GetSection(Section));
        string name = settings.Node.Name.Length > 0 ? settings.Node.Name : ListenAddress.NameOf(builder.Configuration);

        builder.AddSwitchboardTelemetry(settings.Telemetry, "switchboard-edge", name);

        // From here on the addresses are no longer in the configuration.
        builder.UseSwitchboardEndpoints(settings.Tls, settings.ApiUrl, DefaultUrl);
        IServiceCollection services = builder.Services;
        services.AddSingleton<ClientCluster>();
        services.AddSingleton(provider => new ClusterConnector(
            settings.Cluster, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(provider => new OrleansBackplane(
            provider.GetRequiredService<ClientCluster>(),
            name,
            provider.GetRequiredService<TimeProvider>(),
            new CryptoRandomSource(),
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetRequiredService<IMeterFactory>()));
        services.AddSingleton<IBackplane>(static provider => provider.GetRequiredService<OrleansBackplane>());
        services.AddSingleton<IBackplaneAdmin>(static provider => provider.GetRequiredService<OrleansBackplane>().Admin);
        services.AddSingleton<NodeService>();
        services.AddHostedService(static provider => provider.GetRequiredService<NodeService>());
        services.AddSwitchboardWebhooks(settings.Configure);
        services.AddSingleton(new PublishSampling(settings.Telemetry.SamplingRatio, settings.Telemetry.MaxTracesPerSecond));
        services.AddSwitchboardGateway(settings.Configure, settings.Facts);
    }
}
