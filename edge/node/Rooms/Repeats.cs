using Switchboard.Core.Backplane;
using Switchboard.Node.Cluster;

namespace Switchboard.Node.Rooms;

/// <summary>The tries to publish what a room did not answer.</summary>
internal sealed class Repeats(RepeatPolicy policy, Backoff pauses, long began)
{
    /// <summary>Whether there is no next try.</summary>
    public bool AreOver => policy.IsAway || Left <= TimeSpan.Zero;

    private TimeSpan Left => RepeatPolicy.Patience - policy.Time.GetElapsedTime(began);

    /// <summary>Waits before the next try; false where there is none.</summary>
    public async ValueTask<bool> PauseAsync()
    {
        TimeSpan pause = pauses.Next();
        return !policy.IsAway && pause < Left && await policy.WaitAsync(pause);
    }

    /// <summary>Awaits a try, but not beyond the patience: then it is as if the cluster were away.</summary>
    public async ValueTask<PublishResult[]?> WithinAsync(ValueTask<PublishResult[]?> call)
    {
        TimeSpan left = Left;
        try
        {
            return await call.AsTask().WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, policy.Time);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }
}
