using Switchboard.Core.Feeds;
using Switchboard.Core.Storage;

namespace Switchboard.Storage.Postgres.Appending;

/// <summary>An append that waits for its commit.</summary>
internal sealed class PendingAppend(FeedAppend append, CancellationToken cancel)
{
    // What a row costs beside its payload: numbers, names, and what the server adds.
    private const int RowBytes = 200;

    private readonly TaskCompletionSource<StoreStatus> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FeedAppend Append { get; } = append;

    /// <summary>About what it takes, on the way and in the queue.</summary>
    public long Bytes { get; } = Measure(append);

    /// <summary>The next append to the same feed: it waits until this one is done.</summary>
    public PendingAppend? Next { get; set; }

    /// <summary>True where nobody waits for it any more.</summary>
    public bool IsAbandoned => cancel.IsCancellationRequested;

    public Task<StoreStatus> Outcome => _outcome.Task;

    public void End(StoreStatus status) => _outcome.TrySetResult(status);

    private static long Measure(FeedAppend append)
    {
        long bytes = RowBytes * (1L + append.Entries.Count + append.Keys.Count);
        foreach (FeedEntry entry in append.Entries)
        {
            bytes += entry.Payload.Length;
        }

        return bytes;
    }
}
