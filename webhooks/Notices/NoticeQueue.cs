namespace Switchboard.Webhooks.Notices;

/// <summary>
/// The notices that wait for one endpoint, in lanes: those of one key share a lane, of which one at a time is under way,
/// so that they stay in order. Not safe for concurrent use.
/// </summary>
internal sealed class NoticeQueue
{
    private readonly Queue<(long Number, Notice Notice)>[] _lanes;
    private readonly bool[] _running;
    private readonly int _most;
    private long _next;

    /// <param name="lanes">How many may be under way at one time.</param>
    /// <param name="most">How many may wait.</param>
    public NoticeQueue(int lanes, int most)
    {
        _lanes = new Queue<(long, Notice)>[lanes];
        _running = new bool[lanes];
        _most = most;
        for (int i = 0; i < lanes; i++)
        {
            _lanes[i] = new();
        }
    }

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    /// <summary>How many lanes somebody works on.</summary>
    public int Running { get; private set; }

    /// <summary>Puts one in line.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="lane">The lane that the caller has to work on from now on; null where somebody does.</param>
    /// <returns>The oldest one, which had to give way; null for none.</returns>
    public Notice? Add(Notice notice, out int? lane)
    {
        int index = (int)((uint)string.GetHashCode(notice.Key, StringComparison.Ordinal) % (uint)_lanes.Length);
        _lanes[index].Enqueue((_next++, notice));
        Count++;
        lane = null;
        if (!_running[index])
        {
            _running[index] = true;
            Running++;
            lane = index;
        }

        return Count > _most ? DropOldest() : null;
    }

    /// <summary>Takes the next of a lane; null where the lane is empty, and the work on it is done.</summary>
    public Notice? Take(int lane)
    {
        if (_lanes[lane].TryDequeue(out (long, Notice Notice) next))
        {
            Count--;
            return next.Notice;
        }

        _running[lane] = false;
        Running--;
        return null;
    }

    private Notice DropOldest()
    {
        Queue<(long Number, Notice Notice)> oldest = _lanes.Where(static lane => lane.Count > 0).MinBy(static lane => lane.Peek().Number)!;
        Count--;
        return oldest.Dequeue().Notice;
    }
}
