namespace Switchboard.Faults.Reporting;

/// <summary>Counts by name, such as close codes or error codes.</summary>
internal sealed class Counts
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, long> ByName => _counts;

    public long Total { get; private set; }

    public void Add(string name)
    {
        _counts[name] = _counts.GetValueOrDefault(name) + 1;
        Total++;
    }
}
