using Switchboard.Core.Feeds;

namespace Switchboard.Core.Storage;

/// <summary>
/// The port to where the feeds of durable rooms are kept. Safe for concurrent use. Whatever the store's own failures
/// are, they are <see cref="StoreStatus.Unavailable"/>, never an exception; only a cancelled token throws.
/// </summary>
public interface IFeedStore
{
    /// <summary>Reads a feed, or begins it where there is none.</summary>
    /// <param name="feed">Which one.</param>
    /// <param name="begin">The epoch of a feed that is begun.</param>
    /// <param name="retention">How much of it is kept, from now on and in the answer.</param>
    /// <param name="after">Only what came after this offset; 0 for all that is kept.</param>
    /// <param name="cancel">Gives up waiting.</param>
    ValueTask<LoadResult> LoadAsync(
        FeedId feed, Epoch begin, FeedOptions retention, long after, CancellationToken cancel);

    /// <summary>
    /// Appends entries, all or none. They are safe once this has returned Ok: also from a crash of the store.
    /// </summary>
    ValueTask<StoreStatus> AppendAsync(FeedAppend append, CancellationToken cancel);
}
