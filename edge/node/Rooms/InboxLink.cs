using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Rooms;
using Switchboard.Node.Cluster;

namespace Switchboard.Node.Rooms;

/// <summary>
/// The way from this edge to one silo's inbox. The batches of all rooms there share it: one call is in flight, the next
/// one fills meanwhile, and so do the batches that are to go with it.
/// </summary>
internal sealed class InboxLink(EdgeId edge, ISiloInbox inbox, SwitchedCluster cluster, Tickets tickets)
{
    private const int MaxPublishes = 512;

    private readonly Lock _lock = new();
    private readonly Queue<RoomPublish> _waiting = new();
    private List<TaskCompletionSource> _turns = [];
    private bool _isRunning;

    public ISiloInbox Inbox => inbox;

    /// <summary>Whether a call failed: then it is not used again.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Completes right before the next call. What is published then, at once, goes with it.</summary>
    public Task TurnAsync()
    {
        // Continuations run in GiveTurns, which relies on it.
        var turn = new TaskCompletionSource();
        bool starts;
        lock (_lock)
        {
            _turns.Add(turn);
            starts = Start();
        }

        Run(starts);
        return turn.Task;
    }

    /// <summary>Publishes to a room, and waits for the room's answer.</summary>
    /// <exception cref="TimeoutException">The inbox or the room did not answer; the outcome is unknown.</exception>
    public async Task<PublishAnswer> PublishAsync(RoomName room, PublishBatch batch)
    {
        Ticket ticket = tickets.Create();
        bool starts;
        lock (_lock)
        {
            _waiting.Enqueue(new RoomPublish { Ticket = ticket.Number, Room = room.Value, Batch = batch });
            starts = Start();
        }

        Run(starts);
        return await tickets.RedeemAsync(ticket);
    }

    /// <summary>Marks it as failed: whoever waits for a turn has it now, and finds another way.</summary>
    public void Fail()
    {
        HasFailed = true;
        GiveTurns();
    }

    private bool Start()
    {
        bool starts = !_isRunning;
        _isRunning = true;
        return starts;
    }

    private void Run(bool starts)
    {
        if (starts)
        {
            _ = Task.Run(RunAsync);
        }
    }

    private async Task RunAsync()
    {
        do
        {
            GiveTurns();
            RoomPublish[] publishes = Take();
            if (publishes.Length > 0)
            {
                await CallAsync(publishes);
            }
        }
        while (!TryRest());
    }

    private async Task CallAsync(RoomPublish[] publishes)
    {
        try
        {
            await cluster.Through(inbox).PublishAsync(new PublishBundle { Edge = edge, Publishes = publishes });
        }
        catch (Exception exception)
        {
            HasFailed = true;
            foreach (RoomPublish publish in publishes)
            {
                tickets.Fail(publish.Ticket, exception);
            }
        }
    }

    private void GiveTurns()
    {
        List<TaskCompletionSource> turns;
        lock (_lock)
        {
            turns = _turns;
            _turns = [];
        }

        foreach (TaskCompletionSource turn in turns)
        {
            turn.SetResult();
        }
    }

    private RoomPublish[] Take()
    {
        lock (_lock)
        {
            var publishes = new RoomPublish[Math.Min(_waiting.Count, MaxPublishes)];
            for (int i = 0; i < publishes.Length; i++)
            {
                publishes[i] = _waiting.Dequeue();
            }

            return publishes;
        }
    }

    private bool TryRest()
    {
        lock (_lock)
        {
            _isRunning = _waiting.Count > 0 || _turns.Count > 0;
            return !_isRunning;
        }
    }
}
