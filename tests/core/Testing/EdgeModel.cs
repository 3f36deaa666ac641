using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;

namespace Switchboard.Core.Tests.Testing;

/// <summary>
/// An edge that knows nothing but what it is handed, and keeps to the rule of <see cref="EdgeBatch"/>: it passes over
/// what it has seen, and where a batch goes on beyond that, it asks to be rewound.
/// </summary>
internal sealed class EdgeModel(EdgeId id, Position begin)
{
    private readonly List<Position> _received = [];
    private readonly List<(Position After, Position Now)> _lost = [];
    private HashSet<ConnectionId> _members = [];
    private long _version;

    public EdgeId Id { get; } = id;

    /// <summary>What it has seen of the feed.</summary>
    public Position Seen { get; private set; } = begin;

    /// <summary>True where nothing is missing; false where it has to be rewound to what it has seen.</summary>
    /// <param name="batch">What arrives.</param>
    /// <param name="epoch">The epoch that it is of.</param>
    /// <param name="presence">Asks for a snapshot; null where it is not to be had.</param>
    public bool Receive(EdgeBatch batch, Epoch epoch, Func<PresenceSnapshot?> presence)
    {
        foreach (PresenceChange change in batch.Presence)
        {
            Apply(change, presence);
        }

        if (batch.Lost is { } lost && (lost.Epoch != Seen.Epoch || lost.Offset > Seen.Offset))
        {
            _lost.Add((Seen, lost));
            Seen = lost;
        }

        if (epoch != Seen.Epoch || batch.After > Seen.Offset)
        {
            return false;
        }

        foreach (FeedEntry entry in batch.Entries.Where(entry => entry.Offset > Seen.Offset))
        {
            Seen = Seen with { Offset = entry.Offset };
            _received.Add(Seen);
        }

        Seen = Seen with { Offset = Math.Max(Seen.Offset, batch.Through) };
        return true;
    }

    public void Show(PresenceSnapshot snapshot)
    {
        _version = snapshot.Version;
        _members = [.. snapshot.Members.Select(member => member.Connection)];
    }

    /// <summary>Every entry was received once, in order, or is covered by a loss that it was told of.</summary>
    /// <param name="sent">What may not be missing.</param>
    /// <param name="head">The feed's newest position.</param>
    public void AssertAccountsFor(IEnumerable<Position> sent, Position head)
    {
        Assert.Equal(head, Seen);
        Assert.Equal(
            _received.Distinct().OrderBy(position => position.Epoch.Value).ThenBy(position => position.Offset), _received);
        HashSet<Position> received = [.. _received];
        foreach (Position at in sent.Where(at => !received.Contains(at)))
        {
            Assert.True(
                _lost.Any(gap => IsBefore(gap.After, at) && !IsBefore(gap.Now, at)),
                $"{Id}: {at.Offset} of {at.Epoch} is missing");
        }
    }

    public void AssertShows(PresenceSnapshot snapshot) => Assert.Equal(
        snapshot.Members.Select(member => member.Connection.Value).Order(),
        _members.Select(connection => connection.Value).Order());

    // Epochs rise in these tests, so that positions have an order.
    private static bool IsBefore(Position one, Position other) =>
        (one.Epoch.Value, one.Offset).CompareTo((other.Epoch.Value, other.Offset)) < 0;

    private void Apply(PresenceChange change, Func<PresenceSnapshot?> presence)
    {
        if (change.Version <= _version)
        {
            return;
        }

        if (change.After > _version)
        {
            if (presence() is { } snapshot)
            {
                Show(snapshot);
            }

            return;
        }

        _members.ExceptWith(change.Left);
        _members.UnionWith(change.Joined.Concat(change.Updated).Select(member => member.Connection));
        _version = change.Version;
    }
}
