using Orleans;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace Switchboard.Testing.Storage;

/// <summary>
/// A silo's way to one of the cluster's grain storages. What is kept is serialized, as it is for a database: what is changed after
/// it was written is not what is read.
/// </summary>
internal sealed class SharedGrainStorage(string name, GrainMemory memory, Serializer serializer, IActivatorProvider activators)
    : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        (byte[] Bytes, string Tag)? kept = memory.Read(name, stateName, grainId);
        grainState.State = kept is { } found ? serializer.Deserialize<T>(found.Bytes) : activators.GetActivator<T>().Create();
        grainState.ETag = kept?.Tag;
        grainState.RecordExists = kept is not null;
        return Task.CompletedTask;
    }

    /// <exception cref="InconsistentStateException">Another activation has written since this one read.</exception>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Replace(stateName, grainId, grainState, serializer.SerializeToArray(grainState.State));
        return Task.CompletedTask;
    }

    /// <exception cref="InconsistentStateException">Another activation has written since this one read.</exception>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Replace(stateName, grainId, grainState, null);
        grainState.State = activators.GetActivator<T>().Create();
        return Task.CompletedTask;
    }

    private void Replace<T>(string stateName, GrainId grainId, IGrainState<T> grainState, byte[]? bytes)
    {
        (string? tag, bool isReplaced) = memory.Replace(name, stateName, grainId, grainState.ETag, bytes);
        if (!isReplaced)
        {
            throw new InconsistentStateException(
                $"The state {stateName} of {grainId} was written by another activation.", tag ?? "none", grainState.ETag ?? "none");
        }

        grainState.ETag = tag;
        grainState.RecordExists = bytes is not null;
    }
}
