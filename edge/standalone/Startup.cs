using Microsoft.Extensions.Options;
using Switchboard.Core.Backplane;
using Switchboard.Core.InProcess;
using Switchboard.Gateway;

namespace Switchboard.Standalone;

/// <summary>Puts the gateway and the in-process backplane together out of the configuration.</summary>
internal static class Startup
{
    private const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>Reads the section "Switchboard", in which every name must be known, and adds the services.</summary>
    public static void AddSwitchboard(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey])
            && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        IConfigurationSection section = builder.Configuration.GetSection("Switchboard");
        InProcessOptions backplane = new();
        section.GetSection("Backplane").Bind(backplane, RefuseUnknown);
        builder.Services.AddSingleton<IBackplane>(services =>
            new InProcessBackplane(backplane, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSwitchboardGateway(gateway =>
        {
            section.GetSection("Gateway").Bind(gateway, RefuseUnknown);
            gateway.Grace = backplane.Connections.Grace;
            gateway.Limits.MaxRooms = backplane.Connections.MaxRooms;
            gateway.Limits.MaxStateBytes = backplane.Rooms.Default.MaxStateBytes;
        });
    }

    /// <summary>Runs until told to stop. A setting that is wrong is said in one line, without a stack trace.</summary>
    /// <returns>The exit code: 0, or 1 when it could not start.</returns>
    public static async Task<int> RunAsync(WebApplication app)
    {
        try
        {
            await app.RunAsync();
            return 0;
        }
        catch (Exception e) when (e is OptionsValidationException or ArgumentException or InvalidOperationException or IOException)
        {
            await Console.Error.WriteLineAsync($"switchboard could not start: {e.Message}");
            return 1;
        }
    }

    private static void RefuseUnknown(BinderOptions options) => options.ErrorOnUnknownConfiguration = true;
}
