using Switchboard.Contract.Harness;

namespace Switchboard.Cluster.Tests.Rig;

/// <summary>The acknowledgements that somebody who publishes has got, to be waited for.</summary>
internal sealed class Acknowledgements : IDisposable
{
    private readonly SemaphoreSlim _news = new(0);

    public void Add() => _news.Release();

    /// <summary>Waits until there are so many more than at the time of the call; fails with <paramref name="publishing"/>.</summary>
    public async Task ContinueAsync(int count, Task publishing, string phase)
    {
        while (await _news.WaitAsync(TimeSpan.Zero))
        {
            // Those were before.
        }

        for (int i = 0; i < count; i++)
        {
            Task next = _news.WaitAsync();
            await (await Task.WhenAny(next, publishing)).WithinAsync($"{phase}, acknowledgement {i + 1} of {count}");
        }
    }

    public void Dispose() => _news.Dispose();
}
