using System.Collections.Concurrent;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Tests.Testing;
using Switchboard.GrainInterfaces.Rooms;

namespace Switchboard.Node.Tests.Testing;

/// <summary>A room's grain: keeps the batches that were published, and answers when the test lets it.</summary>
internal sealed class FakeRoom : IRoomGrain
{
    private readonly Lock _lock = new();
    private readonly List<string[]> _batches = [];
    private int _running;

    public string[][] Batches
    {
        get
        {
            lock (_lock)
            {
                return [.. _batches];
            }
        }
    }

    /// <summary>How many publishing calls were under way at once, at most.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>What publishing calls wait for.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public Exception? Fault { get; set; }

    /// <summary>What the next publishing calls end with, each once; null for nothing.</summary>
    public ConcurrentQueue<Exception?> NextFaults { get; } = new();

    /// <summary>The payloads that it can't take just now.</summary>
    public HashSet<string> Unavailable { get; } = [];

    /// <summary>The inbox of the silo that it is on.</summary>
    public ISiloInbox? Inbox { get; set; }

    /// <summary>Whether the room knows a member.</summary>
    public Func<ConnectionId, bool> Knows { get; set; } = static _ => true;

    public async ValueTask<PublishAnswer> PublishAsync(PublishBatch batch)
    {
        lock (_lock)
        {
            _batches.Add([.. batch.Publications.Select(static publication => publication.Payload.Text())]);
            MostAtOnce = Math.Max(MostAtOnce, ++_running);
        }

        try
        {
            await (Gate?.Task ?? Task.CompletedTask);
            return NextFaults.TryDequeue(out Exception? next) && next is not null ? throw next
                : Fault is not null ? throw Fault
                : new PublishAnswer { Results = [.. batch.Publications.Select(Answer)], Inbox = Inbox };
        }
        finally
        {
            lock (_lock)
            {
                _running--;
            }
        }
    }

    public ValueTask<HistoryResult> ReadAsync(ConnectionId reader, HistoryQuery query) =>
        new(new HistoryResult(StatusFor(reader), default, [], false));

    public ValueTask<PresenceResult> PresenceAsync(ConnectionId reader) => new(new PresenceResult(StatusFor(reader), null));

    public ValueTask<BackplaneStatus> SetStateAsync(ConnectionId connection, ReadOnlyMemory<byte> state) =>
        new(StatusFor(connection));

    public ValueTask<JoinResult> JoinAsync(JoinRequest request) => throw NotAnEdges();

    public ValueTask<JoinResult> RejoinAsync(Member member, Position? position) => throw NotAnEdges();

    public ValueTask ReattachAsync(Member member, Position? seen) => throw NotAnEdges();

    public ValueTask DetachAsync(ConnectionId connection, long attachment) => throw NotAnEdges();

    public ValueTask DetachEdgeAsync(EdgeId edge) => throw NotAnEdges();

    public ValueTask<BackplaneStatus> LeaveAsync(ConnectionId connection, long joinNumber) => throw NotAnEdges();

    private static NotSupportedException NotAnEdges() => new("no call for an edge to make");

    private PublishResult Answer(Publication publication) => new(
        Unavailable.Contains(publication.Payload.Text()) ? BackplaneStatus.Unavailable
            : publication.Sender is { } sender ? StatusFor(sender.Connection) : BackplaneStatus.Ok,
        Some.At(1),
        false);

    private BackplaneStatus StatusFor(ConnectionId connection) =>
        Knows(connection) ? BackplaneStatus.Ok : BackplaneStatus.NotJoined;

    public ValueTask<RoomView> InspectAsync(string? after, int limit) => throw NotAnEdges();

    public ValueTask<HistoryResult> ReadForServerAsync(HistoryQuery query) => throw NotAnEdges();
}
