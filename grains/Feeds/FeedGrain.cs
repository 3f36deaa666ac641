using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Switchboard.Core.Feeds;

namespace Switchboard.Grains.Feeds;

/// <summary>
/// What the grains of a room, a user and a connection have in common: their feed's pump, and their upkeep. A grain lasts
/// as long as the rules say; then it deactivates itself.
/// </summary>
internal abstract class FeedGrain(GrainServices services) : Grain, IGrainMigrationParticipant
{
    // Finer than that, upkeep is not worth a turn.
    private const long SmallestDelay = 100;

    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(1);

    private FeedPump? _pump;
    private IGrainTimer? _timer;
    private bool _wasMoved;
    private long _upkeepAt = long.MaxValue;

    protected GrainServices Services => services;

    /// <summary>What its feed is of.</summary>
    protected abstract FeedKind Kind { get; }

    /// <summary>The object of the rules; null while there is none.</summary>
    protected abstract FeedOwner? Owner { get; }

    /// <summary>Whether there is nothing for which it would have to be here.</summary>
    protected virtual bool IsUnused => Owner is null;

    protected string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        services.Metrics.Activated(Kind);

        // What a silo that stops has moved here may have ended just before; then nobody calls it ever again.
        if (IsUnused && (_wasMoved || RequestContext.Get(IPlacementDirector.PlacementHintKey) is not null))
        {
            this.RegisterGrainTimer(
                static (grain, _) =>
                {
                    grain.EndIfUnused();
                    return Task.CompletedTask;
                },
                this,
                new GrainTimerCreationOptions(FirstLook, Timeout.InfiniteTimeSpan) { Interleave = true });
        }

        return base.OnActivateAsync(cancellationToken);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        services.Metrics.Deactivated(Kind);
        services.Edges.Forget(GrainContext.GrainId);
        _pump?.Stop();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    /// <summary>Before it moves: hands over what it goes on with; nothing where it has ended.</summary>
    public abstract void OnDehydrate(IDehydrationContext dehydrationContext);

    /// <summary>After it has moved, before it is activated.</summary>
    public virtual void OnRehydrate(IRehydrationContext rehydrationContext) => _wasMoved = true;

    /// <summary>Deliveries to an edge begin: whoever hears of its end tells this grain.</summary>
    protected void Follow(Core.Identifiers.EdgeId edge) => services.Edges.Follow(edge, GrainContext.GrainId);

    /// <summary>Whether an edge that this grain is told to be gone is so still.</summary>
    protected bool IsGone(Core.Identifiers.EdgeId edge) => services.Edges.IsGone(edge, GrainContext.GrainId);

    /// <summary>After every change: delivers what waits, and notes when upkeep is due.</summary>
    protected virtual void Settle()
    {
        if (Owner is not { } owner)
        {
            return;
        }

        if (owner.HasWork)
        {
            Pump(owner).Start();
        }

        ScheduleUpkeep();
    }

    /// <summary>Before a publish: the delivery of the message is to be part of its trace.</summary>
    protected void Trace(FeedOwner owner, in Publication publication, string trace) =>
        Pump(owner).Trace(publication.Payload, trace);

    /// <summary>After a call that may have brought up an activation for nothing.</summary>
    protected void EndIfUnused()
    {
        if (IsUnused)
        {
            DeactivateOnIdle();
        }
    }

    /// <summary>After a publish: waits, for a bounded time, until the deliveries have caught up.</summary>
    protected ValueTask WaitToCatchUpAsync() =>
        _pump is { Holds: true } pump ? new ValueTask(pump.WaitToCatchUpAsync()) : default;

    /// <summary>What upkeep has found to be over: the grain is no longer needed.</summary>
    protected virtual void OnExpired() => DeactivateOnIdle();

    private FeedPump Pump(FeedOwner owner) => _pump ??= new FeedPump(owner, services);

    /// <summary>Notes anew when upkeep is due, after a change that may have brought it forward.</summary>
    private void ScheduleUpkeep()
    {
        if (Owner!.UpkeepAt is not { } at || at >= _upkeepAt)
        {
            return;
        }

        _upkeepAt = at;
        var delay = TimeSpan.FromMilliseconds(Math.Max(at - services.Now(), SmallestDelay));
        if (_timer is null)
        {
            _timer = this.RegisterGrainTimer(
                static (grain, _) => grain.Upkeep(),
                this,
                new GrainTimerCreationOptions(delay, Timeout.InfiniteTimeSpan) { Interleave = true });
        }
        else
        {
            _timer.Change(delay, Timeout.InfiniteTimeSpan);
        }
    }

    private Task Upkeep()
    {
        _upkeepAt = long.MaxValue;
        if (Owner!.Upkeep(services.Now()))
        {
            OnExpired();
        }
        else
        {
            Settle();
        }

        return Task.CompletedTask;
    }
}
