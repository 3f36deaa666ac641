using Switchboard.Core.Feeds;

namespace Switchboard.Core.Storage;

/// <summary>A feed as it is kept.</summary>
/// <param name="Epoch">Its life.</param>
/// <param name="Head">The offset of its newest entry; 0 for none yet.</param>
/// <param name="Floor">Every entry up to this offset that was not superseded may be missing.</param>
/// <param name="Entries">The newest entries that are kept, offsets rising; of each slot one.</param>
/// <param name="Keys">The idempotency keys within their window, oldest first.</param>
public sealed record StoredFeed(
    Epoch Epoch, long Head, long Floor, IReadOnlyList<FeedEntry> Entries, IReadOnlyList<StoredKey> Keys)
{
    /// <summary>A feed that nothing was appended to.</summary>
    public static StoredFeed Empty(Epoch epoch) => new(epoch, 0, 0, [], []);
}
