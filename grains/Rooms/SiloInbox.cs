using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Grains.Edges;
using Switchboard.GrainInterfaces.Rooms;

namespace Switchboard.Grains.Rooms;

/// <summary>
/// Hands what edges publish to the rooms, each by a call of its own, which costs little where the room is on this silo. A
/// room that is slow holds up nobody else: each answer goes to the edge when it is there.
/// </summary>
internal sealed partial class SiloInbox(IGrainFactory grains, EdgeDirectory edges, ILogger<SiloInbox> logger)
    : ISiloInbox, ILifecycleParticipant<ISiloLifecycle>
{
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
        foreach (RoomPublish publish in bundle.Publishes)
        {
            PublishAsync(bundle.Edge, publish).Ignore();
        }

        return Task.CompletedTask;
    }

    private async Task PublishAsync(EdgeId edge, RoomPublish publish)
    {
        PublishAnswer? answer = null;
        try
        {
            answer = await grains.GetGrain<IRoomGrain>(publish.Room).PublishAsync(publish.Batch);
        }
        catch (Exception exception) when (ClusterFault.Is(exception))
        {
            LogFailed(logger, publish.Room, exception.Message);
        }

        if (answer is not null && Equals(answer.Inbox, Reference))
        {
            answer = new PublishAnswer { Results = answer.Results };
        }

        EdgeLink? link = await edges.FindAsync(edge, new FeedId(FeedKind.Room, publish.Room));
        link?.Answer(new RoomPublished { Ticket = publish.Ticket, Answer = answer });
    }

    [LoggerMessage(1, LogLevel.Debug, "Room {Room} could not be published to: {Problem}")]
    private static partial void LogFailed(ILogger logger, string room, string problem);
}
