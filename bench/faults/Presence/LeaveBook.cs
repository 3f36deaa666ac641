using System.Diagnostics;

namespace Switchboard.Faults.Presence;

/// <summary>When connections were dropped for good, and when the watchers were told that they had left.</summary>
internal sealed class LeaveBook
{
    private readonly Dictionary<string, long> _dropped = [];
    private readonly Dictionary<string, long> _left = [];

    /// <summary>Connections whose socket ended and that did not come back.</summary>
    public int Dropped => _dropped.Count;

    /// <summary>Those of them whose leaving nobody was told of.</summary>
    public int NeverLeft => _dropped.Keys.Count(connection => !_left.ContainsKey(connection));

    /// <summary>The longest time from the end of a socket to the leave event, over those that left.</summary>
    public TimeSpan Longest => TimeSpan.FromSeconds(
        (double)_dropped
            .Where(dropped => _left.ContainsKey(dropped.Key))
            .Select(dropped => _left[dropped.Key] - dropped.Value)
            .DefaultIfEmpty()
            .Max() / Stopwatch.Frequency);

    /// <summary>A socket ended, and nobody will resume <paramref name="connection"/>. Times are Stopwatch
    /// ticks.</summary>
    public void Drop(string connection, long now) => _dropped[connection] = now;

    /// <summary>A watcher was told that <paramref name="connection"/> left a room.</summary>
    public void Leave(string connection, long now) => _left.TryAdd(connection, now);

    /// <summary>Whether a watcher was ever told that it left.</summary>
    public bool HasLeft(string connection) => _left.ContainsKey(connection);
}
