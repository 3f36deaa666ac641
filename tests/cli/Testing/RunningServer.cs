using Switchboard.Standalone.Tests;

namespace Switchboard.Cli.Tests.Testing;

/// <summary>One server for the tests that only talk to it.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    private ServerProcess? _server;

    /// <summary>Where it listens.</summary>
    public string Url => _server!.Address.ToString();

    /// <inheritdoc/>
    public async Task InitializeAsync() => _server = await ServerProcess.StartAsync();

    /// <inheritdoc/>
    public async Task DisposeAsync() => await _server!.DisposeAsync();
}
