using Microsoft.Extensions.Hosting;

namespace Switchboard.Gateway.Listening;

/// <summary>Begins the closing handshakes when the program is told to stop, before the server waits for connections.</summary>
internal sealed class GatewayShutdown(WebSocketGateway gateway, IHostApplicationLifetime lifetime) : IHostedService
{
    private CancellationTokenRegistration _registration;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _registration = lifetime.ApplicationStopping.Register(gateway.Stop);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _registration.Dispose();
        return Task.CompletedTask;
    }
}
