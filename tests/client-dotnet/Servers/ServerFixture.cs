using Switchboard.ClientContract.Harness;
using Switchboard.Core.InProcess;

namespace Switchboard.Client.Tests.Servers;

/// <summary>A gateway on Kestrel, in this process, in front of the in-process backplane.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private InProcessBackplane? _backplane;
    private ContractEdge? _first;

    /// <summary>Where it listens.</summary>
    public Uri Address => _first!.Address;

    /// <summary>Where it listens for TLS, with a certificate that nobody knows.</summary>
    public Uri SecureAddress => _first!.SecureAddress;

    /// <summary>Starts it.</summary>
    public async Task InitializeAsync()
    {
        _backplane = new InProcessBackplane(new InProcessOptions(), TimeProvider.System);
        _first = await ContractEdge.StartAsync(
            _backplane,
            TimeSpan.FromSeconds(10),
            options => options.Limits.MessagesPerSecond = 0);
    }

    /// <summary>Stops it.</summary>
    public async Task DisposeAsync()
    {
        await _first!.DisposeAsync();
        await _backplane!.DisposeAsync();
    }
}
