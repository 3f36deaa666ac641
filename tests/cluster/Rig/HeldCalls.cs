namespace Switchboard.Cluster.Tests.Rig;

/// <summary>Calls of one method, which wait until the test lets them go.</summary>
internal sealed class HeldCalls(Type called, string method)
{
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> _passing = [];

    /// <summary>Completes when the first of them waits.</summary>
    public Task Arrived => _arrived.Task;

    public bool Matches(Type type, string name) => type == called && name == method;

    public Task PassAsync(Func<Task> call)
    {
        Task passing = WaitAsync(call);
        lock (_passing)
        {
            _passing.Add(passing);
        }

        _arrived.TrySetResult();
        return passing;
    }

    /// <summary>Lets them go, and all that come later; completes when those that waited were answered.</summary>
    public async Task LetGoAsync()
    {
        Task[] passing;
        lock (_passing)
        {
            passing = [.. _passing];
        }

        _letGo.SetResult();

        // What came of them is for who made them.
        await Task.WhenAll(passing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task WaitAsync(Func<Task> call)
    {
        await _letGo.Task;
        await call();
    }
}
