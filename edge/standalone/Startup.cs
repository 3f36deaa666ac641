using Switchboard.Core.Backplane;
using Switchboard.Core.InProcess;
using Switchboard.Gateway;
using Switchboard.Gateway.Tracing;
using Switchboard.Hosting;
using Switchboard.Storage.Postgres;
using Switchboard.Storage.Postgres.Metrics;
using Switchboard.Telemetry;
using Switchboard.Webhooks;

namespace Switchboard.Standalone;

/// <summary>Puts the gateway and the in-process backplane together out of the configuration.</summary>
internal static partial class Startup
{
    private const string DefaultUrl = "http://127.0.0.1:8080";
    private const string Section = "Switchboard";

    /// <summary>Runs until told to stop. What keeps it from starting is said in one line, without a stack trace.</summary>
    /// <returns>The exit code: 0, or 1 when it could not start.</returns>
    public static Task<int> RunAsync(string[] args) => ProgramRun.RunAsync("switchboard", async () =>
    {
        WebApplication app = Create(args);
        if (app.Services.GetService<PostgresFeedStore>() is { } store)
        {
            await store.CheckAsync(CancellationToken.None);
        }

        return app;
    });

    /// <summary>A command for the database of the configuration, which says in one line how it went.</summary>
    /// <returns>The exit code: 0, or 1 when it could not be carried out.</returns>
    public static async Task<int> RunSchemaAsync(string command, string[] args)
    {
        try
        {
            StoreSettings store = Settings.Read(CreateBuilder(args).Configuration.GetSection(Section)).Store;
            return await SchemaCommand.RunAsync(command, store.ConnectionString, Console.Out, CancellationToken.None);
        }
        catch (Exception e) when (ProgramRun.IsExpected(e))
        {
            return await ProgramRun.FailAsync(SchemaCommand.Failure(command, ProgramRun.Describe(e)));
        }
    }

    private static WebApplication Create(string[] args)
    {
        WebApplicationBuilder builder = CreateBuilder(args);
        AddServices(builder);

        WebApplication app = builder.Build();
        app.UseSwitchboard();
        app.UseDefaultFiles();
        app.UseStaticFiles();
        app.UseRouting();
        app.MapSwitchboardApi();
        app.MapSwitchboardConsole();
        app.MapGet("/healthz", () => Results.Text("ok"));
        app.MapFallback(() => Results.Text("There is nothing at this path.", statusCode: StatusCodes.Status404NotFound));
        return app;
    }

    private static WebApplicationBuilder CreateBuilder(string[] args) =>
        WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = CommandLine.Expand(args),
            ContentRootPath = AppContext.BaseDirectory,
        });

    private static void AddServices(WebApplicationBuilder builder)
    {
        builder.Logging.WithoutFailedStarts();
        Settings settings = Settings.Read(builder.Configuration.GetSection(Section));
        builder.AddSwitchboardTelemetry(settings.Telemetry, "switchboard-standalone", Environment.MachineName);
        builder.UseSwitchboardEndpoints(settings.Tls, settings.ApiUrl, DefaultUrl);
        if (settings.Store.IsConfigured)
        {
            builder.Services.AddSingleton<StorageMetrics>();
            builder.Services.AddSingleton(services => new PostgresFeedStore(
                settings.Store.ConnectionString,
                settings.Store.Options,
                services.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<StorageMetrics>(),
                services.GetRequiredService<ILogger<PostgresFeedStore>>()));
        }

        builder.Services.AddSwitchboardWebhooks(settings.Configure);
        builder.Services.AddSingleton(new PublishSampling(settings.Telemetry.SamplingRatio, settings.Telemetry.MaxTracesPerSecond));
        builder.Services.AddSingleton<IBackplane>(services =>
        {
            InProcessBackplane backplane = new(
                settings.Backplane,
                services.GetRequiredService<TimeProvider>(),
                store: services.GetService<PostgresFeedStore>(),
                observer: services.GetRequiredService<IBackplaneObserver>());
            ILogger logger = services.GetRequiredService<ILogger<InProcessBackplane>>();
            backplane.UnobservedFailure += failure => LogEdgeFailed(logger, failure);
            return backplane;
        });
        builder.Services.AddSingleton<IBackplaneAdmin>(
            static services => ((InProcessBackplane)services.GetRequiredService<IBackplane>()).Admin);
        builder.Services.AddSwitchboardGateway(settings.Configure, settings.Facts);
    }

    [LoggerMessage(1, LogLevel.Error, "The edge failed in a delivery; the feed goes on with the next")]
    private static partial void LogEdgeFailed(ILogger logger, Exception exception);
}
