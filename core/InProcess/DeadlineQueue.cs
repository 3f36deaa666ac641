namespace Switchboard.Core.InProcess;

/// <summary>Which cells need upkeep when; one timer serves them all.</summary>
internal sealed class DeadlineQueue
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<FeedCell, long> _queue = new();

    public void Add(FeedCell cell, long at)
    {
        lock (_lock)
        {
            _queue.Enqueue(cell, at);
        }
    }

    public bool TryTakeDue(long now, out FeedCell? cell, out long at)
    {
        lock (_lock)
        {
            return _queue.TryPeek(out cell, out at) && at <= now && _queue.TryDequeue(out cell, out at);
        }
    }
}
