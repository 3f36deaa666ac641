using Orleans.Hosting;
using Switchboard.Core.Storage;
using Switchboard.Grains;
using Switchboard.Hosting;
using Switchboard.Storage.Postgres;
using Switchboard.Storage.Postgres.Metrics;
using Switchboard.Telemetry;
using Switchboard.Webhooks;

namespace Switchboard.Silo;

/// <summary>Puts the silo together out of the configuration.</summary>
internal static class Startup
{
    private const string DefaultUrl = "http://127.0.0.1:9080";

    /// <summary>Runs until told to stop. What keeps it from starting is said in one line, without a stack trace.</summary>
    /// <returns>The exit code: 0, or 1 when it could not start.</returns>
    public static Task<int> RunAsync(
        string[] args, Action<GrainOptions>? configure = null, Action<ISiloBuilder>? build = null) =>
        ProgramRun.RunAsync("the silo", async () =>
        {
            WebApplication app = Create(args, configure, build);
            PortCheck.Run(app.Services.GetRequiredService<Settings>());
            await CheckDatabaseAsync(app);
            return app;
        });

    private static WebApplication Create(string[] args, Action<GrainOptions>? configure, Action<ISiloBuilder>? build)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
        });

        builder.Logging.WithoutFailedStarts();
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey])
            && string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.HttpPortsKey]))
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        Settings settings = Settings.Read(builder.Configuration.GetSection(Settings.Section));
        configure?.Invoke(settings.Backplane);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.Silo.StopTimeout);
        builder.AddSwitchboardTelemetry(
            settings.Telemetry, "switchboard-silo", $"{settings.Silo.Address}:{settings.Silo.SiloPort}");
        builder.Services.AddSingleton(settings);
        AddStore(builder.Services, settings);
        builder.Services.AddSwitchboardWebhooks(settings.Webhooks);
        builder.Host.UseOrleans(silo =>
        {
            silo.AddSwitchboardCluster(settings);
            build?.Invoke(silo);
        });
        builder.Services.AddSingleton<Readiness>();

        WebApplication app = builder.Build();
        app.MapGet("/healthz", () => Results.Text("ok"));
        app.MapGet("/readyz", (Readiness readiness) => readiness.Problem is { } problem
            ? Results.Text(problem, statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text("ok"));
        return app;
    }

    private static void AddStore(IServiceCollection services, Settings settings)
    {
        if (settings.Cluster.ConnectionString is not { Length: > 0 } connectionString)
        {
            return;
        }

        services.AddSingleton<StorageMetrics>();
        services.AddSingleton(provider => new PostgresFeedStore(
            connectionString,
            settings.Store,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<StorageMetrics>(),
            provider.GetRequiredService<ILogger<PostgresFeedStore>>()));
        services.AddSingleton<IFeedStore>(provider => provider.GetRequiredService<PostgresFeedStore>());
    }

    private static async Task CheckDatabaseAsync(WebApplication app)
    {
        if (app.Services.GetService<PostgresFeedStore>() is { } store)
        {
            await store.CheckAsync(CancellationToken.None);
        }
    }
}
