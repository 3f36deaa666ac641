using Switchboard.Core.Feeds;

namespace Switchboard.Grains.Tracing;

/// <summary>
/// The messages of a feed that are traced, until they were delivered. The rules know nothing of traces: a message is known
/// by the memory of its payload, which an entry shares with its publication. Runs on its grain's scheduler.
/// </summary>
internal sealed class TracedEntries
{
    // More than are under way at a time; without members elsewhere nothing takes them.
    private const int Most = 16;

    private readonly List<Traced> _entries = [];

    /// <summary>A message is about to be published.</summary>
    public void Add(ReadOnlyMemory<byte> payload, string trace)
    {
        if (_entries.Count == Most)
        {
            _entries.RemoveAt(0);
        }

        _entries.Add(new Traced(payload, trace));
    }

    /// <summary>The trace that a delivery of these entries is part of; null where none of them is traced.</summary>
    public string? Find(IReadOnlyList<FeedEntry> entries)
    {
        for (int i = 0; i < entries.Count && _entries.Count > 0; i++)
        {
            int found = _entries.FindIndex(traced => traced.Payload.Equals(entries[i].Payload));
            if (found >= 0)
            {
                Traced traced = _entries[found];
                _entries[found] = traced with { IsTaken = true };
                return traced.Trace;
            }
        }

        return null;
    }

    /// <summary>Everything was delivered: what was found once is not looked for again. What is not committed yet, stays.</summary>
    public void Forget() => _entries.RemoveAll(static traced => traced.IsTaken);

    private readonly record struct Traced(ReadOnlyMemory<byte> Payload, string Trace, bool IsTaken = false);
}
