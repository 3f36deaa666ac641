using BenchmarkDotNet.Attributes;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;

namespace Switchboard.Micro;

/// <summary>One message appended to a full history; to a room, with what its one edge takes away again.</summary>
public class FeedBenchmarks
{
    private const int Count = 64;
    private const long Now = 1_767_225_600_000;

    // More keys than the window remembers: by the time that one comes again it is forgotten.
    private readonly string[] _keys = [.. Enumerable.Range(0, 1 << 15).Select(i => $"3f0c9d52-8a5e-4c0f-b6a1-{i:x12}")];
    private readonly EdgeId _edge = new("edge");
    private Publication _publication;
    private Feed _feed = null!;
    private Room _room = null!;
    private int _next;

    [GlobalSetup]
    public void SetUp()
    {
        UserName user = new("ann");
        ConnectionId connection = new("W0sPnVNvQ8yNbYV9mzH1kA");
        _publication = new Publication(
            new byte[64], PayloadKind.Json, DeliveryClass.Reliable, null, null, new Sender(user, connection), false);
        _feed = new Feed(new FeedOptions(), new Epoch(1));
        _room = new Room(new RoomName("lobby"), new RoomOptions(), new Epoch(1), Now);
        _room.Join(new RoomJoin(connection, user, _edge, 1, default), Now);
        for (int i = 0; i < _keys.Length; i++)
        {
            AppendWithKey();
            PublishToRoomWithKey();
        }
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void Append() => AppendAll(keyed: false);

    [Benchmark(OperationsPerInvoke = Count)]
    public void AppendWithKey() => AppendAll(keyed: true);

    [Benchmark(OperationsPerInvoke = Count)]
    public void PublishToRoom() => PublishAll(keyed: false);

    [Benchmark(OperationsPerInvoke = Count)]
    public void PublishToRoomWithKey() => PublishAll(keyed: true);

    /// <summary>A key that is known: answered with the first position.</summary>
    [Benchmark]
    public bool PublishAgain() => _room.Publish(_publication with { Key = _keys[_next & (_keys.Length - 1)] }, Now, out _).Duplicate;

    private void AppendAll(bool keyed)
    {
        for (int i = 0; i < Count; i++)
        {
            _feed.Append(Next(keyed), Now);
        }
    }

    private void PublishAll(bool keyed)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_room.Publish(Next(keyed), Now, out _).Status != BackplaneStatus.Ok)
            {
                throw new InvalidOperationException("refused");
            }
        }

        EdgeOutbox outbox = _room.FindOutbox(_edge)!;
        while (outbox.TryTake(out _))
        {
            outbox.Complete();
        }
    }

    private Publication Next(bool keyed) =>
        keyed ? _publication with { Key = _keys[++_next & (_keys.Length - 1)] } : _publication;
}
