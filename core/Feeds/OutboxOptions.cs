namespace Switchboard.Core.Feeds;

/// <summary>How much waits for one edge that receives a feed, and how much it is handed at once.</summary>
public sealed class OutboxOptions
{
    /// <summary>The most entries that wait for an edge, from 1; more turn into a notice of loss.</summary>
    public int MaxPendingCount { get; set; } = 65_536;

    /// <summary>The most payload bytes that wait for an edge, from 1; more turn into a notice of loss.</summary>
    public long MaxPendingBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>The most presence changes that wait for an edge, from 1; with more it must ask for a snapshot.</summary>
    public int MaxPendingPresence { get; set; } = 64;

    /// <summary>The most entries of one delivery, from 1.</summary>
    public int MaxBatchCount { get; set; } = 256;

    /// <summary>The most payload bytes of one delivery, from 1; a larger entry goes alone.</summary>
    public long MaxBatchBytes { get; set; } = 256 * 1024;

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate()
    {
        if (MaxPendingCount < 1)
        {
            yield return $"{nameof(MaxPendingCount)} must be at least 1, but is {MaxPendingCount}";
        }

        if (MaxPendingBytes < 1)
        {
            yield return $"{nameof(MaxPendingBytes)} must be at least 1, but is {MaxPendingBytes}";
        }

        if (MaxPendingPresence < 1)
        {
            yield return $"{nameof(MaxPendingPresence)} must be at least 1, but is {MaxPendingPresence}";
        }

        if (MaxBatchCount < 1)
        {
            yield return $"{nameof(MaxBatchCount)} must be at least 1, but is {MaxBatchCount}";
        }

        if (MaxBatchBytes < 1)
        {
            yield return $"{nameof(MaxBatchBytes)} must be at least 1, but is {MaxBatchBytes}";
        }
    }
}
