namespace Switchboard.Contract.Harness;

/// <summary>How long a test waits for a signal before it says which one did not come.</summary>
public static class Patience
{
    /// <summary>The longest wait for one signal.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Waits for a call or a signal; a time-out names the phase.</summary>
    public static async Task<T> WithinAsync<T>(this Task<T> task, string phase)
    {
        await ((Task)task).WithinAsync(phase);
        return await task;
    }

    /// <summary>Waits for a call without a result; a time-out names the phase.</summary>
    public static Task WithinAsync(this Task task, string phase) => task.WithinAsync(() => phase);

    /// <summary>Waits for a call of the backplane.</summary>
    public static Task<T> WithinAsync<T>(this ValueTask<T> call, string phase) => call.AsTask().WithinAsync(phase);

    /// <summary>Waits for a call of the backplane.</summary>
    public static Task WithinAsync(this ValueTask call, string phase) => call.AsTask().WithinAsync(phase);

    /// <summary>Waits for a signal; a time-out tells how far things were when the time was over.</summary>
    internal static async Task WithinAsync(this Task task, Func<string> phase)
    {
        try
        {
            await task.WaitAsync(Limit);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException($"{phase()}: not within {Limit.TotalSeconds} s");
        }
    }
}
