using FsCheck;
using FsCheck.Fluent;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Rooms;

public class ResumePropertyTests
{
    private static readonly EdgeId[] Edges = [Some.Edge, Some.OtherEdge];

    private static readonly Gen<(int Kind, int Who, int Value)> AnyOperation =
        from kind in Gen.Choose(0, 9)
        from who in Gen.Choose(0, 2)
        from value in Gen.Choose(0, 99)
        select (kind, who, value);

    [Fact]
    public void Members_DetachedAndResumedAtAnyTime_SeeEachMessageOnceInOrder()
    {
        ForAll.Sequences(AnyOperation, 400, 120, operations =>
        {
            var room = new RoomHarness();
            Client[] clients = [.. Enumerable.Range(0, 3).Select(index => new Client(room, index))];
            foreach ((int kind, int who, int value) in operations)
            {
                switch (kind)
                {
                    case < 5:
                        clients[who].Publish(kind, value);
                        break;
                    case 5:
                        clients[who].Detach();
                        break;
                    case 6:
                        clients[who].Resume(Edges[value % 2]);
                        break;
                    default:
                        Deliver(room, Edges[who % 2], clients, arrives: value % 4 > 0, noticed: value % 4 > 1);
                        break;
                }
            }

            foreach (Client client in clients)
            {
                client.Resume(Edges[0]);
            }

            while (room.Room.FindOutbox(Edges[0]) is { HasWork: true })
            {
                Deliver(room, Edges[0], clients, arrives: true, noticed: true);
            }

            foreach (Client client in clients)
            {
                client.AssertSawEverything([.. clients.SelectMany(other => other.Sent)]);
            }
        });
    }

    private static void Deliver(RoomHarness room, EdgeId edge, Client[] clients, bool arrives, bool noticed)
    {
        EdgeOutbox? outbox = room.Room.FindOutbox(edge);
        if (outbox is null || !outbox.TryTake(out EdgeBatch batch))
        {
            return;
        }

        Assert.Null(batch.Lost);
        foreach (Client client in clients.Where(client => arrives && client.Edge == edge))
        {
            client.Receive(batch.Entries);
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

    private sealed class Client
    {
        private readonly RoomHarness _room;
        private readonly ConnectionId _id;
        private readonly List<long> _seen = [];
        private long _attachment = 1;

        public Client(RoomHarness room, int index)
        {
            _room = room;
            _id = new ConnectionId($"c{index}");
            Edge = Some.Edge;
            Assert.Equal(BackplaneStatus.Ok, room.Join(_id).Status);
        }

        public EdgeId? Edge { get; private set; }

        public List<(long Offset, string? Slot, ConnectionId? HeldBackFrom)> Sent { get; } = [];

        private long Last => _seen.Count == 0 ? 0 : _seen[^1];

        public void Publish(int kind, int value)
        {
            Sender sender = RoomHarness.SenderOf(_id);
            Publication publication = kind switch
            {
                0 => Some.Volatile("", sender),
                1 or 2 => Some.Latest($"slot-{value % 3}", "", null, sender),
                _ => Some.Reliable("", null, sender, exceptSender: value % 5 == 0),
            };
            PublishResult result = _room.Publish(publication);
            Assert.Equal(BackplaneStatus.Ok, result.Status);
            if (kind != 0)
            {
                Sent.Add((result.Position.Offset, publication.Slot, publication.ExceptSender ? _id : null));
            }
        }

        public void Detach()
        {
            _room.Room.Detach(_id, _attachment);
            Edge = null;
        }

        public void Resume(EdgeId edge)
        {
            JoinResult result = _room.Rejoin(_id, ++_attachment, Some.At(Last), edge);
            Assert.Equal(RecoveryOutcome.Recovered, result.Feed.Outcome);
            foreach (FeedEntry entry in result.Feed.Missed)
            {
                See(entry.Offset);
            }

            Edge = edge;
        }

        public void Receive(IEnumerable<FeedEntry> entries)
        {
            foreach (FeedEntry entry in entries.Where(entry => entry.Offset > Last))
            {
                if (!entry.ExceptSender || entry.Sender!.Connection != _id)
                {
                    See(entry.Offset);
                }
            }
        }

        public void AssertSawEverything(List<(long Offset, string? Slot, ConnectionId? HeldBackFrom)> sent)
        {
            Assert.Equal(_seen.Distinct().Order(), _seen);
            foreach ((long offset, string? slot, ConnectionId? heldBackFrom) in sent)
            {
                bool superseded = slot is not null && sent.Any(other => other.Slot == slot && other.Offset > offset);
                if (heldBackFrom == _id)
                {
                    Assert.DoesNotContain(offset, _seen);
                }
                else if (!superseded)
                {
                    Assert.Contains(offset, _seen);
                }
            }
        }

        private void See(long offset)
        {
            Assert.True(offset > Last, $"{offset} after {Last}");
            _seen.Add(offset);
        }
    }
}
