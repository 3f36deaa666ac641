using System.Collections.Concurrent;

namespace Switchboard.Client.Session;

/// <summary>Keeps answered publishes for the next ones.</summary>
internal sealed class PublishPool
{
    private const int Most = 4096;

    private readonly ConcurrentQueue<PendingPublish> _free = new();
    private int _count;

    public PendingPublish Rent()
    {
        if (_free.TryDequeue(out PendingPublish? free))
        {
            Interlocked.Decrement(ref _count);
            return free;
        }

        return new PendingPublish(this);
    }

    public void Return(PendingPublish one)
    {
        if (Volatile.Read(ref _count) >= Most)
        {
            one.Body.Release();
            return;
        }

        Interlocked.Increment(ref _count);
        _free.Enqueue(one);
    }
}
