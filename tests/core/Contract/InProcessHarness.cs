using Switchboard.Contract.Harness;
using Switchboard.Core.InProcess;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Contract;

/// <summary>The backplane in one process, with the clock of the machine: one edge, and a store in memory.</summary>
public sealed class InProcessHarness : BackplaneHarness, IAsyncDisposable
{
    private readonly InProcessBackplane _backplane;
    private readonly TestEdge _edge;

    public InProcessHarness()
    {
        var options = new InProcessOptions
        {
            Rooms = ContractOptions.Rooms(hasStore: true),
            Connections = ContractOptions.Connections(),
            UserFeed = ContractOptions.UserFeed(),
        };
        _backplane = new InProcessBackplane(options, TimeProvider.System, store: new ModelFeedStore());
        _edge = new TestEdge(_backplane, _backplane.Admin);
    }

    public override int EdgeCount => 1;

    public override bool HasStore => true;

    public override Task InitializeAsync() => Task.CompletedTask;

    public override async Task DisposeAsync() => await _backplane.DisposeAsync();

    ValueTask IAsyncDisposable.DisposeAsync() => _backplane.DisposeAsync();

    protected override TestEdge EdgeAt(int index) => _edge;
}
