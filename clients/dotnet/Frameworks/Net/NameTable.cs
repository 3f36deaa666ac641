using System.Diagnostics.CodeAnalysis;

namespace Switchboard.Client.Frameworks;

/// <summary>Values by name, which are found without a string of the name.</summary>
internal sealed class NameTable<T>
{
    private readonly Dictionary<string, T> _values = [];
    private readonly Dictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public NameTable()
    {
        _lookup = _values.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public int Count => _values.Count;

    public IReadOnlyCollection<T> Values => _values.Values;

    public bool TryGetValue(ReadOnlySpan<char> name, [MaybeNullWhen(false)] out T value) => _lookup.TryGetValue(name, out value);

    public void Set(string name, T value) => _values[name] = value;

    public void Clear() => _values.Clear();
}
