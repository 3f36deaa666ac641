namespace Switchboard.ClientScenarios.Tests.Acting;

/// <summary>Lets one wait for whatever may change when somebody heard something.</summary>
internal sealed class Pulse
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Something was heard.</summary>
    public void Beat() => Interlocked
        .Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))
        .SetResult();

    /// <summary>Waits until it holds.</summary>
    /// <exception cref="TimeoutException">It did not in time; <paramref name="situation"/> says how it stands.</exception>
    public async Task UntilAsync(string what, Func<bool> holds, Func<string> situation)
    {
        using CancellationTokenSource patience = new(Patience);
        while (true)
        {
            Task next = Volatile.Read(ref _next).Task;
            if (holds())
            {
                return;
            }

            try
            {
                await next.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"waited in vain until {what}; but {situation()}");
            }
        }
    }
}
