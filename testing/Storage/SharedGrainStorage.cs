using Orleans;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Storage;

namespace Switchboard.Testing.Storage;

/// <summary>
/// A silo's way to one of the cluster's grain storages. What is kept is serialized, as it is for a database: what is changed after
/// it was written is not what is read.
/// </summary>
internal sealed class SharedGrainStorage(string name, GrainMemory memory, Serializer serializer) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (memory.Read(name, stateName, grainId) is ({ } bytes, { } tag))
        {
            grainState.State = serializer.Deserialize<T>(bytes);
            grainState.ETag = tag;
            grainState.RecordExists = true;
        }

        return Task.CompletedTask;
    }

    /// <exception cref="InconsistentStateException">Another activation has written since this one read.</exception>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (grainState.ETag is { } read && memory.Read(name, stateName, grainId) is { } kept && kept.Tag != read)
        {
            throw new InconsistentStateException($"The state {stateName} of {grainId} was written by another activation.", kept.Tag, read);
        }

        grainState.ETag = memory.Write(name, stateName, grainId, serializer.SerializeToArray(grainState.State));
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        memory.Clear(name, stateName, grainId);
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }
}
