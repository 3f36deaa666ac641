using Switchboard.ClientContract.Harness;
using Switchboard.ClientContract.Transports;
using Switchboard.Core.InProcess;

namespace Switchboard.Gateway.Tests.Contract;

/// <summary>One edge on the in-process backplane, in real time.</summary>
public sealed class InProcessClientHarness : ClientHarness, IOffersTransports, IAsyncDisposable
{
    private InProcessBackplane? _backplane;
    private ContractEdge? _edge;

    public static IReadOnlyList<ClientTransport> Offered => ClientTransports.All;

    public override IReadOnlyList<Uri> Edges => [_edge!.Address];

    public override IReadOnlyList<Uri> SecureEdges => [_edge!.SecureAddress];

    public override async Task InitializeAsync()
    {
        _backplane = new InProcessBackplane(new InProcessOptions(), TimeProvider.System);
        _edge = await ContractEdge.StartAsync(_backplane, TimeSpan.FromSeconds(10));
    }

    public override async Task DisposeAsync()
    {
        if (_edge is not null)
        {
            await _edge.DisposeAsync();
        }

        if (_backplane is not null)
        {
            await _backplane.DisposeAsync();
        }
    }

    ValueTask IAsyncDisposable.DisposeAsync() => new(DisposeAsync());
}
