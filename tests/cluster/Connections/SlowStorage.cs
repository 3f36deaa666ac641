using Orleans.Runtime;
using Orleans.Storage;
using Switchboard.Grains.Connections;

namespace Switchboard.Cluster.Tests.Connections;

/// <summary>A storage of one row, which a test holds up and lets fail.</summary>
internal sealed class SlowStorage : IGrainStorage
{
    private TaskCompletionSource _passes = Passing();

    public Session? Row { get; set; }

    public int Calls { get; private set; }

    /// <summary>Whether nothing can be written or dropped.</summary>
    public bool Fails { get; set; }

    public void HoldUp() => _passes = new TaskCompletionSource();

    public void GoOn() => _passes.TrySetResult();

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Calls++;
        await _passes.Task;
        if (Row is { } row)
        {
            grainState.State = (T)(object)row;
            grainState.RecordExists = true;
        }
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Change((Session)(object)grainState.State!);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Change(null);

    private static TaskCompletionSource Passing()
    {
        TaskCompletionSource passes = new();
        passes.SetResult();
        return passes;
    }

    private Task Change(Session? row)
    {
        Calls++;
        if (Fails)
        {
            return Task.FromException(new TimeoutException("the storage is away"));
        }

        Row = row;
        return Task.CompletedTask;
    }
}
