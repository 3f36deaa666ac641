using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;
using Switchboard.Core.Storage;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Rooms;

/// <summary>A room that is moved and lost, two edges that receive it, and deliveries that fail in every way.</summary>
internal sealed class RoomCluster
{
    private static readonly ConnectionId Guest = new("guests-phone");

    private readonly RoomOptions _options;
    private readonly FeedStoreModel? _store;
    private readonly Station[] _stations;
    private readonly List<(Position At, string? Slot)> _sent = [];
    private readonly List<(Staged Staged, string? Key)> _staged = [];
    private ulong _epoch = 1;
    private long _now = RoomHarness.Start;
    private Room _room;

    public RoomCluster(bool durable)
    {
        _options = new RoomOptions { Durable = durable };
        _options.Feed.MaxCount = 8;
        _options.Feed.Outbox = new OutboxOptions { MaxPendingCount = 5, MaxBatchCount = 3, MaxPendingPresence = 3 };
        _store = durable ? new FeedStoreModel(new Epoch(_epoch)) : null;
        _room = NewRoom();
        _stations =
        [
            new Station(new EdgeModel(Some.Edge, _room.Head), [Some.AnnsPhone, Some.AnnsLaptop]),
            new Station(new EdgeModel(Some.OtherEdge, _room.Head), [Some.BobsPhone]),
        ];
        foreach (Station station in _stations)
        {
            foreach (ConnectionId member in station.Members)
            {
                JoinResult result = _room.Join(
                    new RoomJoin(member, Some.Ann, station.Edge.Id, 1, new JoinOptions(null, true, default)), _now);
                station.Edge.Show(result.Presence!);
            }
        }
    }

    public void Do(FeedOperation operation)
    {
        _now++;
        Station station = _stations[operation.B % 2];
        switch (operation.Kind)
        {
            case < 4:
                Publish(operation);
                break;
            case 4 when _store is not null:
                Commit((Fate)(operation.A % 4));
                break;
            case < 7:
                Take(station);
                break;
            case 7:
                Resolve(station, arrives: operation.A % 3 > 0, noticed: operation.A % 3 > 1);
                break;
            case 8 when operation.A % 4 == 0:
                Restart(operation);
                break;
            case 8 when operation.A % 4 == 1:
                _room.Rewind(station.Edge.Id, station.Edge.Seen, _now);
                break;
            case 8 when operation.A % 4 == 2:
                ToggleGuest();
                break;
            case 8:
                _store?.Trim(operation.A % 6);
                break;
            default:
                ToggleEdge(station);
                break;
        }
    }

    public void Settle()
    {
        Assert.True(_store is null || Repeat(() => _room.HasCommit || _room.NeedsCatchUp, () => Commit(Fate.Stored)));
        foreach (Station station in _stations)
        {
            if (!station.IsAttached)
            {
                ToggleEdge(station);
            }

            Resolve(station, arrives: true, noticed: true);
        }

        foreach (Station station in _stations)
        {
            Assert.True(Repeat(() => Take(station), () => Resolve(station, arrives: true, noticed: true)));
        }
    }

    public void AssertNothingIsMissing()
    {
        List<(Position At, string? Slot)> sent = _store is null
            ? _sent
            : [.. _store.Stored.Select(entry => (new Position(_store.Epoch, entry.Offset), entry.Slot))];
        Position[] needed =
        [
            .. sent.Where(one => one.Slot is null || !sent.Any(other =>
                other.Slot == one.Slot && other.At.Epoch == one.At.Epoch && other.At.Offset > one.At.Offset))
                .Select(one => one.At),
        ];
        foreach (Station station in _stations)
        {
            station.Edge.AssertAccountsFor(needed, _room.Head);
            station.Edge.AssertShows(_room.Presence(station.Members[0]).Presence!);
        }

        // What was acknowledged is stored, at the place that was acknowledged.
        foreach ((Staged staged, string? key) in _staged.Where(one => one.Staged.Commit!.Completion.IsCompleted))
        {
            PublishResult result = staged.Result;
            if (result.Status == BackplaneStatus.Ok && key is not null)
            {
                Assert.Equal(result.Position.Offset, _store!.Load(0).Keys.Single(known => known.Key == key).Offset);
            }
        }
    }

    private static bool Repeat(Func<bool> condition, Action action)
    {
        for (int i = 0; i < 100; i++)
        {
            if (!condition())
            {
                return true;
            }

            action();
        }

        return false;
    }

    private Room NewRoom() => _store is null
        ? new Room(Some.Room, _options, new Epoch(_epoch), _now)
        : new Room(Some.Room, _options, _store.Load(0), _now);

    private void Publish(FeedOperation operation)
    {
        string? key = operation.A % 4 == 0 ? $"key-{operation.B % 6}" : null;
        Publication publication = operation.Kind switch
        {
            0 when operation.A % 2 == 0 => Some.Volatile(),
            1 => Some.Latest($"slot-{operation.B % 3}", "", key),
            _ => Some.Reliable("", key),
        };
        PublishResult result = _room.Publish(publication, _now, out Staged staged);
        if (staged.Commit is not null)
        {
            _staged.Add((staged, key));
        }
        else if (publication.Class != DeliveryClass.Volatile && !result.Duplicate && result.Status == BackplaneStatus.Ok)
        {
            _sent.Add((result.Position, publication.Slot));
        }
    }

    private void Commit(Fate fate)
    {
        if (_room.NeedsCatchUp)
        {
            Assert.True(_room.CatchUp(_store!.Load(_room.Head.Offset), _now));
        }

        if (!_room.TryTakeCommit(out Commit? commit))
        {
            return;
        }

        FeedAppend append = _room.Seal(commit, _now);
        if (fate is not Fate.NeverStored)
        {
            Assert.Equal(StoreStatus.Ok, _store!.Append(append));
        }

        if (fate is Fate.Stored or Fate.StoredToo)
        {
            _room.Complete(commit);
        }
        else
        {
            _room.Fail(commit);
        }
    }

    private bool Take(Station station)
    {
        _room.Flush();
        if (station.Flight is not null
            || _room.FindOutbox(station.Edge.Id) is not { } outbox
            || !outbox.TryTake(out EdgeBatch batch))
        {
            return false;
        }

        // The lists are those of the batch only until it is completed or failed.
        station.Flight = (outbox, batch with { Entries = [.. batch.Entries], Presence = [.. batch.Presence] });
        return true;
    }

    private void Resolve(Station station, bool arrives, bool noticed)
    {
        if (station.Flight is not { } flight)
        {
            return;
        }

        station.Flight = null;
        PresenceSnapshot? Presence() => _room.Presence(station.Members[0]).Presence;
        if (arrives && !station.Edge.Receive(flight.Batch, _room.Epoch, Presence))
        {
            _room.Rewind(station.Edge.Id, station.Edge.Seen, _now);
        }

        if (arrives && noticed)
        {
            flight.Outbox.Complete();
        }
        else
        {
            flight.Outbox.Fail();
        }
    }

    private void Restart(FeedOperation operation)
    {
        bool arrivesLate = operation.B % 2 == 0;
        if (operation.B % 3 > 0)
        {
            _room = new Room(Some.Room, _options, _room.Save(), _now);
        }
        else
        {
            _epoch++;
            _room = NewRoom();
            foreach (Station station in _stations)
            {
                station.IsAttached = false;

                // Which of two epochs is the newer one, an edge can't tell by itself.
                arrivesLate &= _store is not null;
            }
        }

        foreach (Station station in _stations.Where(station => !arrivesLate))
        {
            station.Flight = null;
        }
    }

    private void ToggleGuest()
    {
        if (_room.Leave(Guest, _now) == BackplaneStatus.NotJoined)
        {
            _room.Join(new RoomJoin(Guest, Some.Bob, null, 1, default), _now);
        }
    }

    private void ToggleEdge(Station station)
    {
        station.IsAttached = !station.IsAttached;
        if (!station.IsAttached)
        {
            _room.DetachEdge(station.Edge.Id);
            return;
        }

        foreach (ConnectionId member in station.Members)
        {
            _room.Reattach(new MemberClaim(member, Some.Ann, station.Edge.Id, 1, true, default), station.Edge.Seen, _now);
        }
    }

    private enum Fate
    {
        Stored,
        StoredToo,
        StoredUnnoticed,
        NeverStored,
    }

    private sealed class Station(EdgeModel edge, ConnectionId[] members)
    {
        public EdgeModel Edge { get; } = edge;

        public ConnectionId[] Members { get; } = members;

        public bool IsAttached { get; set; } = true;

        public (EdgeOutbox Outbox, EdgeBatch Batch)? Flight { get; set; }
    }
}
