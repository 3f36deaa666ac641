using FsCheck;
using FsCheck.Fluent;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Rooms;

public class PresencePropertyTests
{
    private static readonly EdgeId[] Edges = [Some.Edge, Some.OtherEdge];

    private static readonly Gen<(int Kind, int Who, int Value)> AnyOperation =
        from kind in Gen.Choose(0, 11)
        from who in Gen.Choose(0, 5)
        from value in Gen.Choose(0, 99)
        select (kind, who, value);

    [Theory]
    [InlineData(PresenceMode.Full)]
    [InlineData(PresenceMode.Count)]
    public void Changes_AppliedToAnySnapshot_GiveTheMembers(PresenceMode mode)
    {
        ForAll.Sequences(AnyOperation, 400, 100, operations =>
        {
            var run = new Run(mode);
            foreach ((int kind, int who, int value) in operations)
            {
                run.Do(kind, who, value);
            }

            run.AssertAllSeeTheMembers();
        });
    }

    private sealed class Run(PresenceMode mode)
    {
        private readonly RoomHarness _room = new(new RoomOptions
        {
            Presence = mode,
            Feed = new FeedOptions { Outbox = new OutboxOptions { MaxPendingPresence = 3 } },
        });

        private readonly Dictionary<ConnectionId, string> _members = [];
        private readonly Dictionary<ConnectionId, Watcher> _watchers = [];
        private readonly HashSet<ConnectionId> _watching = [];
        private long _attachment = 1;

        public void Do(int kind, int who, int value)
        {
            var connection = new ConnectionId($"c{who}");
            EdgeId edge = Edges[who % 2];
            string state = $"{value}";
            switch (kind)
            {
                case 0 or 1 or 2:
                    JoinResult joined = _room.Join(connection, null, value % 2 == 0, state, edge, ++_attachment);
                    Assert.Equal(_members.TryAdd(connection, state), joined.Status == BackplaneStatus.Ok);
                    Watch(connection, edge, joined);
                    break;
                case 3 or 4:
                    Assert.Equal(_members.Remove(connection), _room.Leave(connection) == BackplaneStatus.Ok);
                    _watchers.Remove(connection);
                    _watching.Remove(connection);
                    break;
                case 5 or 6 when mode == PresenceMode.Full && _members.ContainsKey(connection):
                    _room.Room.SetState(connection, Some.Bytes(state));
                    _members[connection] = state;
                    break;
                case 7:
                    _room.Room.Detach(connection, _attachment);
                    _watchers.Remove(connection);
                    break;
                case 8:
                    Watch(connection, edge, _room.Rejoin(connection, ++_attachment, null, edge));
                    break;
                case 9:
                    _room.Room.Flush();
                    break;
                case 10:
                    Deliver(Edges[value % 2], arrives: value % 3 > 0, noticed: value % 3 == 1);
                    break;
                case 11 when _members.ContainsKey(connection):
                    AssertShowsMembers(_room.Room.Presence(connection).Presence!);
                    break;
            }
        }

        public void AssertAllSeeTheMembers()
        {
            _room.Room.Flush();
            foreach (EdgeId edge in Edges)
            {
                while (_room.Room.FindOutbox(edge) is { HasWork: true })
                {
                    Deliver(edge, arrives: true, noticed: true);
                }
            }

            foreach (Watcher watcher in _watchers.Values)
            {
                Assert.Equal(_members.Count, watcher.Count);
                if (mode == PresenceMode.Full)
                {
                    Assert.Equal(Describe(_members), Describe(watcher.Members));
                }
            }
        }

        private void Watch(ConnectionId connection, EdgeId edge, JoinResult result)
        {
            if (result.WantsPresence)
            {
                _watching.Add(connection);
            }

            Assert.Equal(
                result.Status == BackplaneStatus.Ok && _watching.Contains(connection), result.Presence is not null);
            if (result.Presence is { } snapshot)
            {
                AssertShowsMembers(snapshot);
                _watchers[connection] = new Watcher(edge, snapshot);
            }
        }

        private void Deliver(EdgeId edge, bool arrives, bool noticed)
        {
            EdgeOutbox? outbox = _room.Room.FindOutbox(edge);
            if (outbox is null || !outbox.TryTake(out EdgeBatch batch))
            {
                return;
            }

            if (arrives)
            {
                foreach (PresenceChange change in batch.Presence)
                {
                    foreach ((ConnectionId connection, Watcher watcher) in _watchers.Where(pair => pair.Value.Edge == edge))
                    {
                        if (!watcher.TryApply(change))
                        {
                            watcher.Reset(_room.Room.Presence(connection).Presence!);
                        }
                    }
                }
            }

            if (arrives && noticed)
            {
                outbox.Complete();
            }
            else
            {
                outbox.Fail();
            }
        }

        private void AssertShowsMembers(PresenceSnapshot snapshot)
        {
            Assert.Equal(_members.Count, snapshot.Count);
            if (mode == PresenceMode.Full)
            {
                Assert.Equal(
                    Describe(_members),
                    Describe(snapshot.Members.ToDictionary(member => member.Connection, member => member.State.Text())));
            }
        }

        private static string Describe(Dictionary<ConnectionId, string> members) =>
            string.Join(", ", members.Select(pair => $"{pair.Key}={pair.Value}").Order());
    }

    /// <summary>A client that knows nothing but what it is told.</summary>
    private sealed class Watcher
    {
        private long _version;

        public Watcher(EdgeId edge, PresenceSnapshot snapshot)
        {
            Edge = edge;
            Reset(snapshot);
        }

        public EdgeId Edge { get; }

        public int Count { get; private set; }

        public Dictionary<ConnectionId, string> Members { get; private set; } = [];

        public void Reset(PresenceSnapshot snapshot)
        {
            _version = snapshot.Version;
            Count = snapshot.Count;
            Members = snapshot.Members.ToDictionary(member => member.Connection, member => member.State.Text());
        }

        public bool TryApply(PresenceChange change)
        {
            if (change.Version <= _version)
            {
                return true;
            }

            if (change.After > _version)
            {
                return false;
            }

            foreach (ConnectionId connection in change.Left)
            {
                Members.Remove(connection);
            }

            foreach (PresenceMember member in change.Joined.Concat(change.Updated))
            {
                Members[member.Connection] = member.State.Text();
            }

            _version = change.Version;
            Count = change.Count;
            return true;
        }
    }
}
