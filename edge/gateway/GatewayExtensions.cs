using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchboard.Gateway.Api;
using Switchboard.Gateway.Fallbacks;
using Switchboard.Gateway.Identity;
using Switchboard.Gateway.Listening;
using Switchboard.Gateway.Metrics;
using Switchboard.Gateway.Nodes;
using Switchboard.Gateway.Pages;
using Switchboard.Protocol.Envelope;

namespace Switchboard.Gateway;

/// <summary>Puts the gateway into an ASP.NET Core program.</summary>
public static class GatewayExtensions
{
    /// <summary>
    /// Adds the gateway. The program also adds an <see cref="Core.Backplane.IBackplane"/>, and may add an
    /// <see cref="IIdentityProvider"/> and further <see cref="IEnvelopeCodec"/>s.
    /// </summary>
    /// <param name="services">The program's services.</param>
    /// <param name="configure">Sets the gateway's options, which are validated at start.</param>
    /// <param name="facts">What clients are told of the backplane.</param>
    /// <remarks>
    /// Every endpoint of Kestrel takes WebSockets over raw. An endpoint whose TLS comes from configuration wraps it
    /// after that; there, and on reused connections, <see cref="UseSwitchboard"/> takes them from ASP.NET Core.
    /// </remarks>
    public static IServiceCollection AddSwitchboardGateway(
        this IServiceCollection services, Action<GatewayOptions> configure, BackplaneFacts facts)
    {
        services.AddSingleton(facts);
        services.AddOptions<GatewayOptions>().Configure(configure).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEnvelopeCodec, JsonEnvelopeCodec>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEnvelopeCodec, ProtobufEnvelopeCodec>());
        services.AddSwitchboardIdentity();
        services.AddSingleton<GatewayMetrics>();
        services.AddSingleton<ApiAuthenticator>();
        services.AddSingleton<ApiServer>();
        services.AddSingleton<ConsolePage>();
        services.AddSingleton<RouteFactory>();
        services.AddSingleton<WebSocketGateway>();
        services.AddSingleton<FallbackService>();
        services.AddHostedService<GatewayShutdown>();
        services.AddSingleton(CreateDrain);
        services.AddHostedService<EdgeReporter>();
        services.Configure<SocketTransportOptions>(ConfigureTransport);
        services.Configure<KestrelServerOptions>(
            static kestrel => kestrel.ConfigureEndpointDefaults(static endpoint => endpoint.UseSwitchboard()));
        return services;
    }

    /// <summary>
    /// Takes WebSockets that reached ASP.NET Core, and the <see cref="FallbackOptions">fallbacks</see> for clients that can't
    /// open one. Before whatever else answers.
    /// </summary>
    public static IApplicationBuilder UseSwitchboard(this IApplicationBuilder app) =>
        app.UseMiddleware<UpgradeMiddleware>().UseMiddleware<FallbackMiddleware>();

    /// <summary>
    /// Takes the WebSockets of one endpoint over raw. Done for every endpoint by <see cref="AddSwitchboardGateway"/>,
    /// unless the program sets endpoint defaults of its own, which replace ours. After UseHttps, where TLS is ours to
    /// order.
    /// </summary>
    public static ListenOptions UseSwitchboard(this ListenOptions endpoint)
    {
        WebSocketGateway gateway = endpoint.ApplicationServices.GetRequiredService<WebSocketGateway>();
        bool loopback = endpoint.EndPoint is IPEndPoint { Address: { } address } && IPAddress.IsLoopback(address);
        endpoint.Use(next => connection =>
        {
            if (loopback)
            {
                connection.Features.Set(LoopbackFeature.Instance);
            }

            return gateway.OnConnectionAsync(connection, next, loopback);
        });
        return endpoint;
    }

    private static EdgeDrain CreateDrain(IServiceProvider services) => new(
        services.GetRequiredService<WebSocketGateway>(),
        services.GetRequiredService<IOptions<GatewayOptions>>().Value.Drain.Over,
        services.GetRequiredService<TimeProvider>(),
        Random.Shared,
        services.GetRequiredService<ILogger<EdgeDrain>>());

    private static void ConfigureTransport(SocketTransportOptions transport)
    {
        // Sessions never block, so they run where the socket's completion runs: no hop between threads for a message.
        transport.UnsafePreferInlineScheduling = true;

        // A flush completes when the socket has taken everything. What waits, waits in our queue, which is bounded and
        // can drop; and the end of a socket knows when the last byte has left.
        transport.MaxWriteBufferSize = 1;
    }
}
