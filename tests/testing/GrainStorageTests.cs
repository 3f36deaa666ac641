using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Switchboard.Testing.Tests;

/// <summary>Grain storages do as databases do: who did not see what is kept may not overwrite it.</summary>
public sealed class GrainStorageTests : IAsyncLifetime
{
    private static readonly GrainId Grain = GrainId.Create("kept", "1");

    private readonly GrainState<int> _one = new();
    private readonly GrainState<int> _other = new();
    private SwitchboardCluster _cluster = null!;

    private IGrainStorage Storage => _cluster.Silos[0].Services.GetRequiredKeyedService<IGrainStorage>("Default");

    public async Task InitializeAsync()
    {
        _cluster = await SwitchboardCluster.StartAsync(silos: 1, edges: 0);
        await Storage.ReadStateAsync("count", Grain, _one);
        await Storage.ReadStateAsync("count", Grain, _other);
    }

    public Task DisposeAsync() => _cluster.DisposeAsync().AsTask();

    [Fact]
    public async Task State_WrittenByAnotherActivation_IsNotOverwritten()
    {
        _one.State = 1;
        await Storage.WriteStateAsync("count", Grain, _one);
        _other.State = 2;

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("count", Grain, _other));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.ClearStateAsync("count", Grain, _other));
        await Storage.ReadStateAsync("count", Grain, _other);
        Assert.Equal(1, _other.State);
    }

    [Fact]
    public async Task State_ClearedByAnotherActivation_IsReadAsNone()
    {
        _one.State = 1;
        await Storage.WriteStateAsync("count", Grain, _one);
        await Storage.ReadStateAsync("count", Grain, _other);

        await Storage.ClearStateAsync("count", Grain, _one);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("count", Grain, _other));
        await Storage.ReadStateAsync("count", Grain, _other);
        Assert.Equal((0, false), (_other.State, _other.RecordExists));
    }
}
