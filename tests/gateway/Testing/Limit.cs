namespace Switchboard.Gateway.Tests.Testing;

/// <summary>How long a test waits for what must come: far longer than it takes, so that only a real hang fails.</summary>
internal static class Limit
{
    public static readonly TimeSpan Time = TimeSpan.FromSeconds(30);

    public static CancellationToken Token() => new CancellationTokenSource(Time).Token;

    /// <summary>Waits; the message names what was waited for.</summary>
    public static async Task<T> For<T>(Task<T> task, string what)
    {
        try
        {
            return await task.WaitAsync(Time);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"waited in vain for {what}");
        }
    }
}
