namespace Switchboard.Gateway.Limits;

/// <summary>What one address, user or connection has used of what it may. Any thread.</summary>
internal sealed class Share(ShareLimits limits)
{
    private SharedBucket _handshakes;
    private SharedBucket _requests;
    private SharedBucket _resumes;
    private SharedBucket _messages;
    private SharedBucket _bytes;
    private int _connections;
    private int _silent;
    private int _underWay;
    private int _lingering;
    private int _holders;

    /// <summary>Whether it was taken out of its table: nobody may hold it any more.</summary>
    public bool IsDropped { get; private set; }

    /// <summary>Keeps it in its table until <see cref="Release"/>; false when it was dropped already.</summary>
    public bool TryHold()
    {
        lock (this)
        {
            _holders += IsDropped ? 0 : 1;
            return !IsDropped;
        }
    }

    public void Release()
    {
        lock (this)
        {
            _holders--;
        }
    }

    /// <summary>Drops it when nobody holds it and it has nothing to remember.</summary>
    public bool TryDrop(long now)
    {
        lock (this)
        {
            return IsDropped = IsDropped || (_holders == 0 && _handshakes.IsFull(now) && _requests.IsFull(now)
                && _resumes.IsFull(now) && _messages.IsFull(now) && _bytes.IsFull(now));
        }
    }

    /// <summary>Counts a socket that has not said yet what it wants, until <see cref="EndSilence"/>.</summary>
    public bool TryBeginSilence() => TryCount(ref _silent, limits.MaxSilent);

    public void EndSilence() => Interlocked.Decrement(ref _silent);

    /// <summary>Counts a handshake that has begun, until <see cref="EndHandshake"/>.</summary>
    public bool TryBeginHandshake() => TryCount(ref _underWay, limits.MaxHandshakes);

    public void EndHandshake() => Interlocked.Decrement(ref _underWay);

    /// <summary>Counts a refused socket that is waited for, until <see cref="EndLinger"/>.</summary>
    public bool TryLinger() => TryCount(ref _lingering, limits.MaxHandshakes);

    public void EndLinger() => Interlocked.Decrement(ref _lingering);

    /// <summary>Counts a socket, until <see cref="Disconnect"/>.</summary>
    public bool TryConnect() => TryCount(ref _connections, limits.MaxConnections);

    public void Disconnect() => Interlocked.Decrement(ref _connections);

    public bool TryHandshake(long now, out long wait) => _handshakes.TryTake(limits.Handshakes, now, 1, out wait);

    public bool TryRequest(long now, out long wait) => _requests.TryTake(limits.Requests, now, 1, out wait);

    public bool TryMessage(long now, out long wait) => _messages.TryTake(limits.Messages, now, 1, out wait);

    public bool TryBytes(long bytes, long now, out long wait) => _bytes.TryTake(limits.Bytes, now, bytes, out wait);

    /// <summary>Whether one more resume may fail.</summary>
    public bool MayFailToResume(long now, out long wait) => _resumes.HasAny(limits.FailedResumes, now, out wait);

    public void FailToResume(long now) => _resumes.TryTake(limits.FailedResumes, now, 1, out _);

    private static bool TryCount(ref int counter, int most)
    {
        if (Interlocked.Increment(ref counter) <= most || most == 0)
        {
            return true;
        }

        Interlocked.Decrement(ref counter);
        return false;
    }
}
