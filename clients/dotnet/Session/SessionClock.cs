namespace Switchboard.Client.Session;

/// <summary>A steady clock, in ticks of 100 ns from its beginning.</summary>
internal sealed class SessionClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>What it reads.</summary>
    public TimeProvider Time => time;

    public long Now => time.GetElapsedTime(_start).Ticks;
}
