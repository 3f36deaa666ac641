using Switchboard.ClientContract.Harness;
using Switchboard.ClientContract.Transports;
using Switchboard.Testing.Programs;

namespace Switchboard.Cluster.Tests.Clients;

/// <summary>The edges of another harness behind an nginx that keeps answers back, and pays no heed to what they say of that.</summary>
public sealed class BufferedHarness(ClusterClientHarness cluster) : ClientHarness, IOffersTransports, IAsyncDisposable
{
    private ProxyProcess? _proxy;

    public static IReadOnlyList<ClientTransport> Offered => ClientTransports.ThroughBuffers;

    public override IReadOnlyList<Uri> Edges => [_proxy!.Address];

    public override async Task InitializeAsync() => _proxy = await ProxyProcess.StartNginxAsync(cluster.Edges, KeepBack);

    public override async Task DisposeAsync()
    {
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
            _proxy = null;
        }
    }

    ValueTask IAsyncDisposable.DisposeAsync() => new(DisposeAsync());

    // For all that is no WebSocket, it pays no heed to what the edges say, and talks HTTP/1.0 to them: with HTTP/1.1 it passes on each
    // chunk as it comes.
    private static string KeepBack(string configuration)
    {
        const string Location = "location / {";
        Assert.Contains(Location, configuration, StringComparison.Ordinal);
        Assert.DoesNotContain("proxy_buffering", configuration, StringComparison.Ordinal);
        return configuration.Replace(
            Location,
            $"location /ws {{ proxy_pass http://edges; }} {Location} proxy_http_version 1.0; proxy_ignore_headers X-Accel-Buffering;",
            StringComparison.Ordinal);
    }
}
