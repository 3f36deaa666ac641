using System.Text.Json;
using Switchboard.Client.Wire;

namespace Switchboard.Client.Session;

/// <summary>Who is in a room, kept by the rules of docs/protocol.md, "Keeping presence".</summary>
internal sealed class PresenceBook
{
    private readonly Dictionary<string, Member> _members = [];
    private volatile PresenceSnapshot? _snapshot;

    /// <summary>-1 where nothing is known.</summary>
    public long Version { get; private set; } = -1;

    public bool IsFull { get; private set; }

    public int Count { get; private set; }

    /// <summary>What is known now. Under the session's lock.</summary>
    public PresenceSnapshot Snapshot => _snapshot ??= new PresenceSnapshot(IsFull, Count, [.. _members.Values]);

    public void Clear()
    {
        Version = -1;
        Count = 0;
        IsFull = false;
        _members.Clear();
        _snapshot = null;
    }

    /// <summary>Takes a snapshot; what is different from before, or null where nothing is.</summary>
    /// <param name="presence">The snapshot.</param>
    /// <param name="isStart">Whether a membership begins with it; else it counts only if it is no older than what is known.</param>
    public PresenceChange? Take(JsonElement presence, bool isStart)
    {
        long version = presence.Number("version");
        if (version < Version && !isStart)
        {
            return null;
        }

        Dictionary<string, Member> before = new(_members);
        int countBefore = Count;
        Version = version;
        Count = (int)presence.Number("count");
        IsFull = presence.Text("mode") == "full";
        _members.Clear();
        foreach (JsonElement item in presence.Items("members"))
        {
            Member member = item.ReadMember();
            _members[member.ConnectionId] = member;
        }

        _snapshot = null;
        PresenceChange change = new(
            Count,
            [.. _members.Values.Where(member => !before.ContainsKey(member.ConnectionId))],
            [.. before.Values.Where(member => !_members.ContainsKey(member.ConnectionId))],
            [.. _members.Values.Where(member => before.TryGetValue(member.ConnectionId, out Member? old) && !old.Equals(member))]);
        return Count == countBefore && change is { Joined.Count: 0, Left.Count: 0, Updated.Count: 0 } ? null : change;
    }

    /// <summary>Takes a difference.</summary>
    /// <param name="difference">The event.</param>
    /// <param name="change">What is different now; null for nothing.</param>
    /// <returns>False where something is missing: the presence must be asked for anew.</returns>
    public bool TryApply(JsonElement difference, out PresenceChange? change)
    {
        change = null;
        long version = difference.Number("version");
        if (version <= Version)
        {
            return true;
        }

        if (Version < 0 || difference.Number("after") > Version)
        {
            return false;
        }

        Version = version;
        Count = (int)difference.Number("count");
        List<Member> left = [];
        foreach (JsonElement gone in difference.Items("left"))
        {
            if (_members.Remove(gone.GetString() ?? string.Empty, out Member? member))
            {
                left.Add(member);
            }
        }

        change = new PresenceChange(Count, Put(difference, "joined"), left, Put(difference, "updated"));
        _snapshot = null;
        return true;
    }

    private List<Member> Put(JsonElement difference, string which)
    {
        List<Member> members = [.. difference.Items(which).Select(static item => item.ReadMember())];
        members.ForEach(member => _members[member.ConnectionId] = member);
        return members;
    }
}
