using Switchboard.ClientContract.Harness;
using Switchboard.ClientContract.Transports;

namespace Switchboard.Cluster.Tests.Clients;

/// <summary>The edges of another harness behind an nginx that keeps answers back, and pays no heed to what they say of that.</summary>
public sealed class BufferedHarness(ClusterClientHarness cluster) : ClientHarness, IOffersTransports, IAsyncDisposable
{
    private NginxProxy? _proxy;

    public static IReadOnlyList<ClientTransport> Offered => ClientTransports.ThroughBuffers;

    public override IReadOnlyList<Uri> Edges => [_proxy!.Address];

    public override async Task InitializeAsync() => _proxy = await NginxProxy.StartAsync(cluster.Edges, keepsBack: true);

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
