using Switchboard.Testing.Programs;

namespace Switchboard.Standalone.Tests;

/// <summary>One server for all tests that only talk to it.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    private ServerProcess? _server;

    /// <summary>Where it listens.</summary>
    public Uri Address => _server!.Address;

    /// <summary>The same for WebSockets.</summary>
    public Uri WebSocketAddress => _server!.WebSocketAddress;

    /// <inheritdoc/>
    public async Task InitializeAsync() => _server = await ServerProcess.StartAsync();

    /// <inheritdoc/>
    public async Task DisposeAsync() => await _server!.DisposeAsync();
}
