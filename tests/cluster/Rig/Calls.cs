using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;

namespace Switchboard.Cluster.Tests.Rig;

/// <summary>Calls as a client makes them that does not give up.</summary>
internal static class Calls
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Publishes or sends, again and again until it succeeds. It should have a key.</summary>
    public static async Task<PublishResult> UntilOkAsync(Func<Task<PublishResult>> call, string phase)
    {
        long began = TimeProvider.System.GetTimestamp();
        PublishResult result;
        while ((result = await call()).Status != BackplaneStatus.Ok)
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience.Limit)
            {
                throw new TimeoutException($"{phase}: {result.Status} for {Patience.Limit.TotalSeconds} s");
            }

            await Task.Delay(Pause);
        }

        return result;
    }
}
