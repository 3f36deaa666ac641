using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Grains.Edges;
using Switchboard.GrainInterfaces.Rooms;

namespace Switchboard.Grains.Rooms;

/// <summary>
/// Hands what edges publish to the rooms: to one on this silo in a turn of its own, to any other by a call. A room that is
/// slow holds up nobody else: each answer goes to the edge when it is there.
/// </summary>
internal sealed partial class SiloInbox(
    IGrainFactory grains,
    LocalRooms rooms,
    EdgeDirectory edges,
    [FromKeyedServices(SwitchboardSilo.ClockName)] TimeProvider time,
    ILogger<SiloInbox> logger)
    : ISiloInbox, ILifecycleParticipant<ISiloLifecycle>
{
    // As long as an edge waits for an answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private int _unanswered;

    /// <summary>Whether edges have got an answer to all that they have handed over.</summary>
    public bool IsIdle => Volatile.Read(ref _unanswered) == 0 && edges.IsIdle;

    /// <summary>By which edges call it; null before the silo is active.</summary>
    public ISiloInbox? Reference { get; private set; }

    // A grain can't make the reference, so it is made before there is one.
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(SiloInbox),
        ServiceLifecycleStage.ApplicationServices,
        _ =>
        {
            Reference = grains.CreateObjectReference<ISiloInbox>(this);
            return Task.CompletedTask;
        },
        static _ => Task.CompletedTask);

    public Task PublishAsync(PublishBundle bundle)
    {
        Interlocked.Add(ref _unanswered, bundle.Publishes.Length);
        foreach (RoomPublish publish in bundle.Publishes)
        {
            if (rooms.TryFind(publish.Room, out RoomGrain? room))
            {
                room.InTurn(() => PublishHereAsync(room, bundle.Edge, publish));
            }
            else
            {
                PublishElsewhereAsync(bundle.Edge, publish).Ignore();
            }
        }

        return Task.CompletedTask;
    }

    private async Task PublishHereAsync(RoomGrain room, EdgeId edge, RoomPublish publish)
    {
        if (room.IsLeaving)
        {
            await PublishElsewhereAsync(edge, publish);
            return;
        }

        PublishAnswer? answer = null;
        try
        {
            answer = await room.PublishAsync(publish.Batch);
        }
        catch (Exception exception)
        {
            LogFailed(logger, publish.Room, exception);
        }

        await AnswerAsync(edge, publish, answer);
    }

    private async Task PublishElsewhereAsync(EdgeId edge, RoomPublish publish)
    {
        PublishAnswer? answer = null;
        try
        {
            answer = await grains.GetGrain<IRoomGrain>(publish.Room).PublishAsync(publish.Batch);
        }
        catch (Exception exception)
        {
            LogFailed(logger, publish.Room, exception);
        }

        await AnswerAsync(edge, publish, answer);
    }

    private async Task AnswerAsync(EdgeId edge, RoomPublish publish, PublishAnswer? answer)
    {
        // The edge knows already whose answer that is.
        if (answer is not null && Equals(answer.Inbox, Reference))
        {
            answer = new PublishAnswer { Results = answer.Results };
        }

        try
        {
            EdgeLink? link = await FindAsync(edge, new FeedId(FeedKind.Room, publish.Room));
            link?.Answer(new RoomPublished { Ticket = publish.Ticket, Answer = answer });
        }
        finally
        {
            Interlocked.Decrement(ref _unanswered);
        }
    }

    // An edge that publishes is there, also where this silo is new and the registry, which came up anew, lists the edge with its next
    // renewal only. Without the answer it would hold up all that it publishes to the room until its time-out.
    private async ValueTask<EdgeLink?> FindAsync(EdgeId edge, FeedId feed)
    {
        long began = time.GetTimestamp();
        while (true)
        {
            try
            {
                if (await edges.FindAsync(edge, feed) is { } link)
                {
                    return link;
                }
            }
            catch (Exception exception) when (ClusterFault.Is(exception))
            {
                // The registry is on its way; it is asked again.
            }

            if (time.GetElapsedTime(began) >= Patience)
            {
                return null;
            }

            await Task.Delay(Pause, time);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Room {Room} could not be published to")]
    private static partial void LogFailed(ILogger logger, string room, Exception problem);
}
