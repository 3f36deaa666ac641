using System.Diagnostics;

namespace Switchboard.Load.Measuring;

/// <summary>The most resident memory that a server had, looked at in intervals.</summary>
internal sealed class Peak(ProcessProbe probe, TimeSpan interval)
{
    private long _sampledAt;

    public long Bytes { get; private set; }

    /// <summary>Looks, unless it did within the interval.</summary>
    public void Sample()
    {
        if (_sampledAt == 0 || Stopwatch.GetElapsedTime(_sampledAt) >= interval)
        {
            _sampledAt = Stopwatch.GetTimestamp();
            Bytes = Math.Max(Bytes, probe.ResidentBytes());
        }
    }

    /// <summary>Forgets what it saw.</summary>
    public void Restart() => (Bytes, _sampledAt) = (0, 0);
}
