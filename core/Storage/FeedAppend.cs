using Switchboard.Core.Feeds;

namespace Switchboard.Core.Storage;

/// <summary>Entries that are appended to a stored feed at once.</summary>
/// <param name="Feed">Which feed.</param>
/// <param name="Epoch">The epoch that it must have.</param>
/// <param name="After">The head that it must have; two writers can't both append to it.</param>
/// <param name="Head">The head that it has afterwards; the same where there is nothing to append.</param>
/// <param name="Entries">
/// Offsets rise, from above <paramref name="After"/> to at most <paramref name="Head"/>. Of a slot there is one at most,
/// and it supersedes the one that the store holds, which is dropped.
/// </param>
/// <param name="Keys">The idempotency keys that came with them.</param>
public sealed record FeedAppend(
    FeedId Feed,
    Epoch Epoch,
    long After,
    long Head,
    IReadOnlyList<FeedEntry> Entries,
    IReadOnlyList<StoredKey> Keys);
