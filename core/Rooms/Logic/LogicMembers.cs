using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Rooms.Logic;

/// <summary>
/// The members of a room as its logic knows them. When the room has come up anew, its members come again one after another: who was
/// there before counts as there until a time is over.
/// </summary>
/// <param name="grace">How long, in milliseconds.</param>
public sealed class LogicMembers(long grace)
{
    private readonly Dictionary<ConnectionId, PresenceMember> _all = [];
    private readonly Dictionary<ConnectionId, long> _missing = [];

    /// <summary>The members.</summary>
    public IReadOnlyCollection<PresenceMember> All => _all.Values;

    /// <summary>Takes in somebody who is there; true where that is news.</summary>
    public bool Join(PresenceMember member)
    {
        ArgumentNullException.ThrowIfNull(member);
        _missing.Remove(member.Connection);
        bool isNew = !_all.ContainsKey(member.Connection);
        _all[member.Connection] = member;
        return isNew;
    }

    /// <summary>Lets somebody go; true where that is news.</summary>
    public bool Leave(ConnectionId connection)
    {
        _missing.Remove(connection);
        return _all.Remove(connection);
    }

    /// <summary>Takes in all that the room has; returns those that are news.</summary>
    public IReadOnlyList<PresenceMember> Reset(IReadOnlyList<PresenceMember> members, long now)
    {
        PresenceMember[] joined = [.. members.Where(Join)];
        HashSet<ConnectionId> there = [.. members.Select(static member => member.Connection)];
        foreach (ConnectionId connection in _all.Keys.Where(connection => !there.Contains(connection)))
        {
            _missing.TryAdd(connection, now + grace);
        }

        return joined;
    }

    /// <summary>Lets those go that have not come again in time; returns them.</summary>
    public IReadOnlyList<PresenceMember> DropMissing(long now)
    {
        if (_missing.Count == 0)
        {
            return [];
        }

        PresenceMember[] gone = [.. _missing.Where(one => now >= one.Value).Select(one => _all[one.Key])];
        foreach (PresenceMember member in gone)
        {
            Leave(member.Connection);
        }

        return gone;
    }
}
