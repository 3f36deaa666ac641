using System.Text.Json;

namespace Switchboard.Faults.Presence;

/// <summary>Who is in one room, as a watcher is told. docs/protocol.md, "Keeping presence".</summary>
internal sealed class Roster(LeaveBook book)
{
    private HashSet<string> _present = [];
    private long _version;

    /// <summary>Whether it holds a snapshot, and nothing is missing since.</summary>
    public bool IsCurrent { get; private set; }

    public bool Has(string connection) => _present.Contains(connection);

    /// <summary>The snapshot can't be relied on: the socket ended.</summary>
    public void Forget() => IsCurrent = false;

    /// <summary>Takes a snapshot: whoever was there before and is not in it has left meanwhile.</summary>
    public void Take(JsonElement snapshot, long now)
    {
        var before = _present;
        _present = [.. snapshot.GetProperty("members").EnumerateArray().Select(IdOf)];
        _version = snapshot.GetProperty("version").GetInt64();
        IsCurrent = true;
        foreach (var gone in before.Where(connection => !_present.Contains(connection)))
        {
            book.Leave(gone, now);
        }
    }

    /// <summary>Applies a <c>presence_change</c>. Afterwards <see cref="IsCurrent"/> is false where something is
    /// missing.</summary>
    public void Apply(JsonElement change, long now)
    {
        var version = change.GetProperty("version").GetInt64();
        if (!IsCurrent || version <= _version)
        {
            return;
        }

        if (change.GetProperty("after").GetInt64() > _version)
        {
            IsCurrent = false;
            return;
        }

        _version = version;
        foreach (var left in Each(change, "left").Select(id => id.GetString()!))
        {
            if (_present.Remove(left))
            {
                book.Leave(left, now);
            }
        }

        _present.UnionWith(Each(change, "joined").Select(IdOf));
        _present.UnionWith(Each(change, "updated").Select(IdOf));
    }

    private static JsonElement.ArrayEnumerator Each(JsonElement change, string name) =>
        change.TryGetProperty(name, out var list) ? list.EnumerateArray() : default;

    private static string IdOf(JsonElement member) => member.GetProperty("connection").GetString()!;
}
