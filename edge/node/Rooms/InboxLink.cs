using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Rooms;
using Switchboard.Node.Cluster;

namespace Switchboard.Node.Rooms;

/// <summary>
/// The way from this edge to one silo's inbox. The batches of all rooms there share it: one call is in flight, the next
/// one fills meanwhile.
/// </summary>
internal sealed class InboxLink(EdgeId edge, ISiloInbox inbox, SwitchedCluster cluster, Tickets tickets)
{
    private const int MaxPublishes = 512;

    private readonly Lock _lock = new();
    private readonly Queue<RoomPublish> _waiting = new();
    private bool _isRunning;

    public ISiloInbox Inbox => inbox;

    /// <summary>Whether a call failed: then it is not used again.</summary>
    public bool HasFailed { get; set; }

    /// <summary>Publishes to a room, and waits for the room's answer.</summary>
    /// <exception cref="TimeoutException">The inbox or the room did not answer; the outcome is unknown.</exception>
    public async Task<PublishAnswer> PublishAsync(RoomName room, PublishBatch batch)
    {
        Ticket ticket = tickets.Create();
        bool starts;
        lock (_lock)
        {
            _waiting.Enqueue(new RoomPublish { Ticket = ticket.Number, Room = room.Value, Batch = batch });
            starts = !_isRunning;
            _isRunning = true;
        }

        if (starts)
        {
            _ = Task.Run(RunAsync);
        }

        return await tickets.RedeemAsync(ticket);
    }

    private async Task RunAsync()
    {
        while (Take() is { } publishes)
        {
            try
            {
                await cluster.Through(inbox).PublishAsync(new PublishBundle { Edge = edge, Publishes = publishes });
            }
            catch (Exception exception)
            {
                foreach (RoomPublish publish in publishes)
                {
                    tickets.Fail(publish.Ticket, exception);
                }
            }
        }
    }

    private RoomPublish[]? Take()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                _isRunning = false;
                return null;
            }

            var publishes = new RoomPublish[Math.Min(_waiting.Count, MaxPublishes)];
            for (int i = 0; i < publishes.Length; i++)
            {
                publishes[i] = _waiting.Dequeue();
            }

            return publishes;
        }
    }
}
