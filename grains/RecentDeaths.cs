using Orleans.Runtime;

namespace Switchboard.Grains;

/// <summary>
/// Whether a silo has left the cluster a moment ago. What it held may not have been claimed yet by the edges, so that nobody
/// can say that there is no such thing.
/// </summary>
internal sealed class RecentDeaths(ISiloStatusOracle silos, TimeProvider time)
    : ISiloStatusListener, ILifecycleParticipant<ISiloLifecycle>
{
    // Edges hear of a death within a second or so, and claim all they hold then.
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(5);

    private long _last;

    /// <summary>Any thread.</summary>
    public bool Any => Volatile.Read(ref _last) is not 0 and var last && time.GetElapsedTime(last) < Recent;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(RecentDeaths),
        ServiceLifecycleStage.RuntimeServices,
        _ =>
        {
            silos.SubscribeToSiloStatusEvents(this);
            return Task.CompletedTask;
        },
        _ =>
        {
            silos.UnSubscribeFromSiloStatusEvents(this);
            return Task.CompletedTask;
        });

    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        if (status == SiloStatus.Dead)
        {
            Volatile.Write(ref _last, time.GetTimestamp());
        }
    }
}
