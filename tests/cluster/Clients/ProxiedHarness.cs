using Switchboard.ClientContract.Harness;
using Switchboard.ClientContract.Transports;
using Switchboard.Testing.Programs;

namespace Switchboard.Cluster.Tests.Clients;

/// <summary>The edges of another harness as they are seen through nginx, which hands each request to the next one.</summary>
public sealed class ProxiedHarness(ClusterClientHarness cluster) : ClientHarness, IOffersTransports, IAsyncDisposable
{
    private ProxyProcess? _proxy;

    public static IReadOnlyList<ClientTransport> Offered => ClientTransports.ThroughNginx;

    public override IReadOnlyList<Uri> Edges => [_proxy!.Address];

    public override async Task InitializeAsync() => _proxy = await ProxyProcess.StartNginxAsync(cluster.Edges);

    public override async Task DisposeAsync()
    {
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
            _proxy = null;
        }
    }

    ValueTask IAsyncDisposable.DisposeAsync() => new(DisposeAsync());
}
