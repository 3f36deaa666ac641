namespace Switchboard.Client.InMemory;

/// <summary>A room: its feed, its members, and who of them wants to know of the others.</summary>
internal sealed class InMemoryRoom(string name)
{
    private readonly Dictionary<InMemoryConnection, byte[]?> _members = [];
    private readonly HashSet<InMemoryConnection> _watchers = [];

    public string Name { get; } = name;

    public InMemoryFeed Feed { get; } = new();

    public long Version { get; private set; }

    public IReadOnlyDictionary<InMemoryConnection, byte[]?> Members => _members;

    public IEnumerable<InMemoryConnection> Watchers => _watchers;

    public bool Has(InMemoryConnection connection) => _members.ContainsKey(connection);

    public bool IsWatchedBy(InMemoryConnection connection) => _watchers.Contains(connection);

    public void Add(InMemoryConnection connection, byte[]? state, bool watches)
    {
        Version++;
        _members[connection] = state;
        if (watches)
        {
            _watchers.Add(connection);
        }
    }

    public void SetState(InMemoryConnection connection, byte[]? state)
    {
        Version++;
        _members[connection] = state;
    }

    public bool Remove(InMemoryConnection connection)
    {
        _watchers.Remove(connection);
        if (!_members.Remove(connection))
        {
            return false;
        }

        Version++;
        return true;
    }
}
