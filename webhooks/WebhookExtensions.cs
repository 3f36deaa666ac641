using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;
using Switchboard.Webhooks.Metrics;

namespace Switchboard.Webhooks;

/// <summary>Puts webhooks into a program.</summary>
public static class WebhookExtensions
{
    /// <summary>
    /// Adds what asks and tells the application: an <see cref="IBackplaneObserver"/> for the backplane, and the
    /// questions of the gateway. Before the server, so that it stops after it.
    /// </summary>
    /// <param name="services">The program's services.</param>
    /// <param name="configure">Sets the options, which are validated at start.</param>
    public static IServiceCollection AddSwitchboardWebhooks(this IServiceCollection services, Action<WebhookOptions> configure)
    {
        services.AddOptions<WebhookOptions>().Configure(configure).ValidateOnStart();
        return services.AddServices();
    }

    /// <summary>The same with options that the program has read, and that are not changed any more.</summary>
    /// <param name="services">The program's services.</param>
    /// <param name="options">The options, valid.</param>
    public static IServiceCollection AddSwitchboardWebhooks(this IServiceCollection services, WebhookOptions options)
    {
        services.AddSingleton(Options.Create(options));
        return services.AddServices();
    }

    private static IServiceCollection AddServices(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IRandomSource, CryptoRandomSource>();
        services.AddSingleton<WebhookMetrics>();
        services.AddSingleton<WebhookService>();
        services.AddHostedService(static provider => provider.GetRequiredService<WebhookService>());
        services.AddSingleton(static provider => provider.GetRequiredService<WebhookService>().Questions);
        services.AddSingleton<IBackplaneObserver>(static provider => provider.GetRequiredService<WebhookService>().Notices);
        return services;
    }
}
