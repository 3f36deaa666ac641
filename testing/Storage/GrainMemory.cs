using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Runtime;

namespace Switchboard.Testing.Storage;

/// <summary>What the grain storages of a cluster hold: it outlives every silo.</summary>
internal sealed class GrainMemory
{
    private readonly ConcurrentDictionary<(string Storage, string State, GrainId Grain), (byte[] Bytes, string Tag)> _states = new();
    private long _tags;

    public (byte[] Bytes, string Tag)? Read(string storage, string state, GrainId grain) =>
        _states.TryGetValue((storage, state, grain), out (byte[], string) kept) ? kept : null;

    public string Write(string storage, string state, GrainId grain, byte[] bytes)
    {
        string tag = Interlocked.Increment(ref _tags).ToString(CultureInfo.InvariantCulture);
        _states[(storage, state, grain)] = (bytes, tag);
        return tag;
    }

    public void Clear(string storage, string state, GrainId grain) => _states.TryRemove((storage, state, grain), out _);
}
