namespace Switchboard.ClientContract.Harness;

/// <summary>How long a test waits for a signal before it says which one did not come.</summary>
public static class Patience
{
    /// <summary>The longest wait for one signal: far longer than it takes, so that only a real hang fails.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Waits; a time-out names what was waited for.</summary>
    public static async Task<T> WithinAsync<T>(this Task<T> task, string what)
    {
        try
        {
            return await task.WaitAsync(Limit);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException($"waited in vain for {what}");
        }
    }
}
