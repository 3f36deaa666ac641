using Switchboard.Core.InProcess;
using Switchboard.Webhooks;
using Switchboard.Webhooks.Tests.Testing;

namespace Switchboard.Gateway.Tests.Testing;

/// <summary>A gateway that asks an application. No heartbeat: tests let much time pass at once.</summary>
internal static class WebhookHost
{
    /// <summary>Starts one that asks about one event, of every room unless the test says otherwise.</summary>
    public static Task<GatewayHost> StartAsync(
        Receiver receiver,
        WebhookEvent what,
        Action<EndpointOptions>? endpoint = null,
        Action<WebhookOptions>? webhooks = null,
        Action<GatewayOptions>? gateway = null,
        InProcessOptions? backplane = null) => GatewayHost.StartAsync(
        options =>
        {
            options.Heartbeat.Interval = TimeSpan.FromHours(1);
            options.Heartbeat.Timeout = TimeSpan.FromHours(1);
            options.Limits.ConnectTimeout = TimeSpan.FromMinutes(10);
            gateway?.Invoke(options);
        },
        backplane,
        builder => builder.Services.AddSwitchboardWebhooks(options =>
        {
            EndpointOptions asked = new() { Url = receiver.Url, Secret = Secrets.Text, Events = [what] };
            endpoint?.Invoke(asked);
            options.Endpoints.Add(asked);
            webhooks?.Invoke(options);
        }));
}
