namespace Switchboard.Storage.Postgres;

/// <summary>
/// Whether the server is worth asking. After a failure nobody asks for a while; then one call finds out, and all others
/// are refused until it has. Safe for concurrent use.
/// </summary>
internal sealed class Availability(TimeProvider time, TimeSpan backOff)
{
    private readonly Lock _lock = new();
    private bool _down;
    private bool _probing;
    private long _failedAt;

    /// <summary>False where a call is to be refused at once.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock)
            {
                return !_down || (!_probing && time.GetElapsedTime(_failedAt) >= backOff);
            }
        }
    }

    /// <summary>A call begins. One of the other three says how it ended.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            _probing = _down;
        }
    }

    /// <summary>The server answered. True where it had failed before.</summary>
    public bool Answered()
    {
        lock (_lock)
        {
            bool recovered = _down;
            _down = false;
            _probing = false;
            return recovered;
        }
    }

    /// <summary>The server failed. True where it had not failed before.</summary>
    public bool Failed()
    {
        lock (_lock)
        {
            bool lost = !_down;
            _down = true;
            _probing = false;
            _failedAt = time.GetTimestamp();
            return lost;
        }
    }

    /// <summary>Whoever called gave up: nothing was learnt.</summary>
    public void Abandoned()
    {
        lock (_lock)
        {
            _probing = false;
        }
    }
}
