using System.Diagnostics.CodeAnalysis;

namespace Switchboard.Client.Frameworks;

/// <summary>Values by name, which are found without a string of the name. The dictionary here can't do that itself.</summary>
internal sealed class NameTable<T>
{
    // The newest entry of each hash, behind which are the others.
    private readonly Dictionary<int, Entry> _newest = [];
    private readonly List<Entry> _entries = [];

    public int Count => _entries.Count;

    public IReadOnlyCollection<T> Values => _entries.ConvertAll(static entry => entry.Value);

    public bool TryGetValue(ReadOnlySpan<char> name, [MaybeNullWhen(false)] out T value)
    {
        Entry? entry = Find(name);
        value = entry is null ? default : entry.Value;
        return entry is not null;
    }

    public void Set(string name, T value)
    {
        if (Find(name) is { } known)
        {
            known.Value = value;
            return;
        }

        int hash = Hash(name);
        Entry entry = new(name, value, _newest.GetValueOrDefault(hash));
        _newest[hash] = entry;
        _entries.Add(entry);
    }

    public void Clear()
    {
        _newest.Clear();
        _entries.Clear();
    }

    private Entry? Find(ReadOnlySpan<char> name)
    {
        Entry? entry = _newest.GetValueOrDefault(Hash(name));
        while (entry is not null && !name.SequenceEqual(entry.Name))
        {
            entry = entry.Older;
        }

        return entry;
    }

    private static int Hash(ReadOnlySpan<char> name)
    {
        int hash = 17;
        foreach (char one in name)
        {
            hash = unchecked((hash * 31) + one);
        }

        return hash;
    }

    private sealed class Entry(string name, T value, Entry? older)
    {
        public string Name { get; } = name;

        public T Value { get; set; } = value;

        public Entry? Older { get; } = older;
    }
}
