namespace Switchboard.Faults.Sessions;

/// <summary>A publish that has not been acknowledged.</summary>
internal sealed class Pending(long number, long dueAt)
{
    public long Number => number;

    /// <summary>When it was due, in Stopwatch ticks.</summary>
    public long DueAt => dueAt;

    /// <summary>When it is to be sent again unless it is acknowledged: 0 at the next chance.</summary>
    public long SendAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>Whether it was sent on this socket and not answered.</summary>
    public bool IsUnderWay { get; set; }
}
