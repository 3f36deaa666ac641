using System.Globalization;
using Orleans.Runtime;

namespace Switchboard.Testing.Storage;

/// <summary>What the grain storages of a cluster hold: it outlives every silo.</summary>
internal sealed class GrainMemory
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Storage, string State, GrainId Grain), (byte[] Bytes, string Tag)> _states = [];
    private long _tags;

    public (byte[] Bytes, string Tag)? Read(string storage, string state, GrainId grain)
    {
        lock (_lock)
        {
            return _states.TryGetValue((storage, state, grain), out (byte[], string) kept) ? kept : null;
        }
    }

    /// <summary>Replaces what is kept, null for nothing, where that has the tag that was read.</summary>
    /// <returns>The tag of what is kept then, and whether that was it.</returns>
    public (string? Tag, bool IsReplaced) Replace(string storage, string state, GrainId grain, string? read, byte[]? bytes)
    {
        lock (_lock)
        {
            string? kept = _states.TryGetValue((storage, state, grain), out (byte[] Bytes, string Tag) known) ? known.Tag : null;
            if (kept != read)
            {
                return (kept, false);
            }

            if (bytes is null)
            {
                _states.Remove((storage, state, grain));
                return (null, true);
            }

            string tag = (++_tags).ToString(CultureInfo.InvariantCulture);
            _states[(storage, state, grain)] = (bytes, tag);
            return (tag, true);
        }
    }
}
