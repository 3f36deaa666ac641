namespace Switchboard.Storage.Postgres;

/// <summary>How feeds are written to PostgreSQL.</summary>
public sealed class PostgresFeedStoreOptions
{
    /// <summary>How long a call waits for the server, connecting included, 100 milliseconds to 5 minutes.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>After the server failed, for how long calls are refused at once, up to 1 minute.</summary>
    public TimeSpan BackOff { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The most appends that are committed together, 1 to 10,000.</summary>
    public int MaxBatchAppends { get; set; } = 1_000;

    /// <summary>The most bytes that are committed together, from 1; a larger append is committed alone.</summary>
    public long MaxBatchBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>The most bytes of appends that wait, from 1; beyond that they are refused as unavailable.</summary>
    public long MaxWaitingBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>The most connections to the server, 2 to 1,000. One writes; the others load feeds and trim them.</summary>
    public int MaxConnections { get; set; } = 10;

    /// <summary>How often what is over or past its retention is deleted, 100 milliseconds to 1 day.</summary>
    public TimeSpan TrimPeriod { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate()
    {
        TimeSpan shortest = TimeSpan.FromMilliseconds(100);
        if (Timeout < shortest || Timeout > TimeSpan.FromMinutes(5))
        {
            yield return $"{nameof(Timeout)} must be {shortest} to {TimeSpan.FromMinutes(5)}, but is {Timeout}";
        }

        if (BackOff < TimeSpan.Zero || BackOff > TimeSpan.FromMinutes(1))
        {
            yield return $"{nameof(BackOff)} must be 00:00:00 to {TimeSpan.FromMinutes(1)}, but is {BackOff}";
        }

        if (MaxBatchAppends is < 1 or > 10_000)
        {
            yield return $"{nameof(MaxBatchAppends)} must be 1 to 10000, but is {MaxBatchAppends}";
        }

        if (MaxBatchBytes < 1)
        {
            yield return $"{nameof(MaxBatchBytes)} must be at least 1, but is {MaxBatchBytes}";
        }

        if (MaxWaitingBytes < 1)
        {
            yield return $"{nameof(MaxWaitingBytes)} must be at least 1, but is {MaxWaitingBytes}";
        }

        if (MaxConnections is < 2 or > 1_000)
        {
            yield return $"{nameof(MaxConnections)} must be 2 to 1000, but is {MaxConnections}";
        }

        if (TrimPeriod < shortest || TrimPeriod > TimeSpan.FromDays(1))
        {
            yield return $"{nameof(TrimPeriod)} must be {shortest} to {TimeSpan.FromDays(1)}, but is {TrimPeriod}";
        }
    }
}
