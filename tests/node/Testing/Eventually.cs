using Switchboard.Core.Tests.Testing;

namespace Switchboard.Node.Tests.Testing;

/// <summary>Waits for what other threads do.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Waits until a condition holds.</summary>
    public static async Task HoldsAsync(string phase, Func<bool> condition)
    {
        DateTime deadline = DateTime.UtcNow + Patience;
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < deadline, $"waited too long: {phase}");
            await Task.Delay(1);
        }
    }

    /// <summary>Lets fake time go on, step by step, until a condition holds.</summary>
    public static async Task AdvanceUntilAsync(string phase, FakeTime time, TimeSpan step, Func<bool> condition)
    {
        DateTime deadline = DateTime.UtcNow + Patience;
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < deadline, $"waited too long: {phase}");
            await Task.Delay(1);
            time.Advance(step);
        }
    }

    /// <summary>Waits for a task; the failure names the phase.</summary>
    public static async Task<T> ComesAsync<T>(string phase, Task<T> task)
    {
        try
        {
            return await task.WaitAsync(Patience);
        }
        catch (TimeoutException e)
        {
            throw new InvalidOperationException($"waited too long: {phase}", e);
        }
    }
}
