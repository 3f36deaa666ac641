using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;

namespace Switchboard.Contract.Harness;

/// <summary>
/// What a member knows of a room's presence: a snapshot, and what changed since (<see cref="PresenceChange"/>).
/// </summary>
public sealed class PresenceView
{
    private readonly Dictionary<ConnectionId, PresenceMember> _members = [];
    private long _told;

    /// <summary>The version it shows.</summary>
    public long Version { get; private set; }

    /// <summary>How many members there are.</summary>
    public int Count { get; private set; }

    /// <summary>True when a change is missing: a snapshot has to be asked for.</summary>
    public bool IsBehind => Version < _told;

    /// <summary>Whether a connection is there.</summary>
    public bool Has(ConnectionId connection) => _members.ContainsKey(connection);

    /// <summary>A connection's state as text; null where it is not there.</summary>
    public string? StateOf(ConnectionId connection) =>
        _members.TryGetValue(connection, out PresenceMember? member) ? member.State.Text() : null;

    /// <summary>Who is there, one line each, in an order that does not depend on how it came about.</summary>
    public string[] Lines() => Lines(_members.Values);

    /// <summary>The same for a snapshot.</summary>
    public static string[] Lines(IEnumerable<PresenceMember> members) =>
    [
        .. members.Select(member => $"{member.User} {member.Connection} {member.State.Text()}")
            .Order(StringComparer.Ordinal),
    ];

    internal void Replace(PresenceSnapshot snapshot)
    {
        if (snapshot.Version < Version)
        {
            return;
        }

        _members.Clear();
        Put(snapshot.Members);
        Version = snapshot.Version;
        Count = snapshot.Count;
    }

    internal void Apply(PresenceChange change)
    {
        if (change.Version <= Version)
        {
            return;
        }

        _told = change.Version;
        if (change.After > Version)
        {
            return;
        }

        foreach (ConnectionId connection in change.Left)
        {
            _members.Remove(connection);
        }

        Put(change.Joined);
        Put(change.Updated);
        Version = change.Version;
        Count = change.Count;
    }

    private void Put(IEnumerable<PresenceMember> members)
    {
        foreach (PresenceMember member in members)
        {
            _members[member.Connection] = member;
        }
    }
}
