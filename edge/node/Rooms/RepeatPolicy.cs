using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Node.Cluster;

namespace Switchboard.Node.Rooms;

/// <summary>Whether, when and how long messages are published again that their room did not answer.</summary>
/// <param name="time">The clock and the timers.</param>
/// <param name="random">What pauses are drawn from.</param>
/// <param name="isAway">Whether the cluster is known to be away: then nothing is repeated.</param>
/// <param name="stop">Ends all waiting.</param>
internal sealed class RepeatPolicy(TimeProvider time, IRandomSource random, Func<bool> isAway, CancellationToken stop)
{
    /// <summary>
    /// How long a room is waited for before its publishers are told to try again. It is more than it takes to find a silo
    /// dead, and less than the ten seconds after which clients give an answer up.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    // A room that is back is not to be silent for much longer.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(0.5);

    public TimeProvider Time => time;

    public bool IsAway => isAway();

    /// <summary>A call has failed that began then, in the clock's timestamps.</summary>
    public Repeats Begin(long began) => new(this, new Backoff(new Random((int)Epoch.Create(random).Value), LongestPause), began);

    /// <summary>Waits; false where everything ends.</summary>
    public async ValueTask<bool> WaitAsync(TimeSpan delay)
    {
        await Task.Delay(delay, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !stop.IsCancellationRequested;
    }
}
