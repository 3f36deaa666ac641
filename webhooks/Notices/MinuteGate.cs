namespace Switchboard.Webhooks.Notices;

/// <summary>Lets one of many through a minute, and counts the others. Thread-safe.</summary>
internal sealed class MinuteGate(TimeProvider time)
{
    private readonly Lock _gate = new();
    private long? _last;
    private long _count;

    /// <summary>Counts one.</summary>
    /// <param name="count">How many there were since the last that was let through, this one included.</param>
    public bool TryPass(out long count)
    {
        lock (_gate)
        {
            count = ++_count;
            if (_last is { } last && time.GetElapsedTime(last) < TimeSpan.FromMinutes(1))
            {
                return false;
            }

            _last = time.GetTimestamp();
            _count = 0;
            return true;
        }
    }
}
