using Microsoft.Extensions.Logging;
using Orleans.Core.Internal;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Switchboard.Grains.Rooms;

namespace Switchboard.Grains;

/// <summary>
/// Before a silo stops, its grains go on elsewhere, with their state: first the rooms, for which publishers wait, then all
/// others; and edges get the answers to what they still hand over here. What did not make it in time, and what was begun
/// meanwhile, comes up anew, as after a crash.
/// </summary>
internal sealed partial class Evacuation(
    ILocalSiloDetails silo,
    StayingSilos staying,
    IGrainFactory grains,
    LocalRooms rooms,
    SiloInbox inbox,
    TimeProvider time,
    ILogger<Evacuation> logger)
    : ILifecycleParticipant<ISiloLifecycle>
{
    // A room is silent until all that moved with it have arrived.
    private const int RoomsAtOnce = 32;
    private const int MovedAtOnce = 512;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    // Beyond that, whoever waits for an answer finds out by a time-out.
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(3);

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(Evacuation), ServiceLifecycleStage.Active, static _ => Task.CompletedTask, StopAsync);

    private async Task StopAsync(CancellationToken cancel)
    {
        long began = time.GetTimestamp();
        using CancellationTokenSource patience = new(Patience, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            SiloAddress[] others = await staying.FindAsync(either.Token);
            if (others.Length == 0)
            {
                return;
            }

            Destinations destinations = new(others);
            await MoveRoomsAsync(destinations, either.Token);
            await MoveAllAsync(destinations, either.Token);
            LogMoved(logger, destinations.Given, time.GetElapsedTime(began));
            await AnswerAsync(either.Token);
        }
        catch (Exception exception) when (ClusterFault.Is(exception))
        {
            LogFailed(logger, exception);
        }
    }

    private Task MoveRoomsAsync(Destinations destinations, CancellationToken cancel) => Parallel.ForEachAsync(
        rooms.Grains,
        new ParallelOptions { MaxDegreeOfParallelism = RoomsAtOnce, CancellationToken = cancel },
        async (room, stop) =>
        {
            room.GrainContext.Migrate(new() { [IPlacementDirector.PlacementHintKey] = destinations.Next() }, stop);
            await room.GrainContext.Deactivated.WaitAsync(stop);
        });

    private async Task MoveAllAsync(Destinations destinations, CancellationToken cancel)
    {
        HashSet<GrainId> seen = [];
        while (await ResidentsAsync() is { Length: > 0 } left)
        {
            await Parallel.ForEachAsync(
                left.Where(seen.Add),
                new ParallelOptions { MaxDegreeOfParallelism = MovedAtOnce, CancellationToken = cancel },
                async (grain, _) =>
                {
                    RequestContext.Set(IPlacementDirector.PlacementHintKey, destinations.Next());
                    await grains.GetGrain<IGrainManagementExtension>(grain).MigrateOnIdle();
                });
            await Task.Delay(Look, time, cancel);
        }
    }

    // Edges hand over here what is for the rooms that were here, until an answer names the inbox they are nearer to now.
    private async Task AnswerAsync(CancellationToken cancel)
    {
        long began = time.GetTimestamp();
        do
        {
            await Task.Delay(Look, time, cancel);
        }
        while (!inbox.IsIdle && time.GetElapsedTime(began) < LongestAnswer);
    }

    private async Task<GrainId[]> ResidentsAsync()
    {
        DetailedGrainStatistic[] residents = await grains.GetGrain<IManagementGrain>(0)
            .GetDetailedGrainStatistics(null, [silo.SiloAddress]);
        return
        [
            .. residents.Select(resident => resident.GrainId)
                .Where(grain => grain.Type.ToString() is GrainTypes.Room or GrainTypes.User or GrainTypes.Connection or GrainTypes.Bans),
        ];
    }

    [LoggerMessage(1, LogLevel.Information, "{Grains} grains were moved to other silos in {Time}")]
    private static partial void LogMoved(ILogger logger, int grains, TimeSpan time);

    [LoggerMessage(2, LogLevel.Warning, "Not all grains could be moved to other silos; they come up anew")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    // In turn; any thread.
    private sealed class Destinations(SiloAddress[] silos)
    {
        private int _given;

        public int Given => _given;

        public SiloAddress Next() => silos[Interlocked.Increment(ref _given) % silos.Length];
    }
}
