namespace Switchboard.Client.InMemory;

/// <summary>An ordered log, whole unless it is trimmed.</summary>
internal sealed class InMemoryFeed
{
    private readonly List<InMemoryEntry> _entries = [];
    private readonly Dictionary<string, long> _keys = [];

    public ulong Epoch { get; } = (ulong)Random.Shared.NextInt64();

    public long Offset { get; private set; }

    public Position Position => new(Epoch, Offset);

    public IReadOnlyList<InMemoryEntry> Entries => _entries;

    /// <summary>The offset of what was published before with the key; 0 for nothing.</summary>
    public long Find(string user, string? key) => key is not null && _keys.TryGetValue($"{user}\n{key}", out long offset) ? offset : 0;

    /// <summary>Adds an entry with the next offset.</summary>
    public InMemoryEntry Add(Func<long, InMemoryEntry> create, string user, string? key)
    {
        InMemoryEntry entry = create(++Offset);
        _entries.Add(entry);
        if (key is not null)
        {
            _keys[$"{user}\n{key}"] = entry.Offset;
        }

        return entry;
    }

    public void Trim() => _entries.Clear();

    /// <summary>What came since a position; null where that is not known any more.</summary>
    public IEnumerable<InMemoryEntry>? Since(Position position, out string? reason)
    {
        reason = position.Life != Epoch ? LossReasons.EpochChanged
            : position.Offset > Offset ? LossReasons.Ahead
            : position.Offset < Offset - _entries.Count ? LossReasons.Trimmed
            : null;
        return reason is null ? _entries.Where(entry => entry.Offset > position.Offset) : null;
    }
}
