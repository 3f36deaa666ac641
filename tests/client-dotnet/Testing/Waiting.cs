using Switchboard.ClientContract.Harness;

namespace Switchboard.Client.Tests.Testing;

/// <summary>Waits for signals; a time-out names what did not come.</summary>
internal static class Waiting
{
    public static Task<T> WithinAsync<T>(this ValueTask<T> task, string what) =>
        Patience.WithinAsync(task.AsTask(), what);

    public static Task<T> WithinAsync<T>(this Task<T> task, string what) => Patience.WithinAsync(task, what);

    public static async Task WithinAsync(this Task task, string what)
    {
        try
        {
            await task.WaitAsync(Patience.Limit);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException($"waited in vain for {what}");
        }
    }

    /// <summary>Waits until something is so.</summary>
    public static async Task UntilAsync(Func<bool> isSo, string what)
    {
        DateTime limit = DateTime.UtcNow + Patience.Limit;
        while (!isSo())
        {
            if (DateTime.UtcNow > limit)
            {
                throw new TimeoutException($"waited in vain for {what}");
            }

            await Task.Delay(5);
        }
    }
}
