namespace Switchboard.ClientContract.Harness;

/// <summary>A client's count of its resumes, over whatever they go.</summary>
public sealed class ClientTurns
{
    private long _last;

    /// <summary>The number of the next one.</summary>
    public long Next() => Interlocked.Increment(ref _last);
}
