using Switchboard.Core.Rooms;

namespace Switchboard.Core.Feeds;

/// <summary>
/// What an edge is handed at once: first that entries were lost, then what changed in presence, then entries. The
/// lists are valid until the batch is completed or failed.
/// </summary>
/// <param name="After">
/// Where the batch goes on: whoever has seen less misses something, whoever has seen more passes over what it has seen.
/// After a loss it is the position of that.
/// </param>
/// <param name="Through">What is seen with this batch. Offsets in between that are in no entry were superseded.</param>
/// <param name="Lost">Entries up to and including this position are lost to the edge; null for none.</param>
/// <param name="Presence">Changes in order; empty for none.</param>
/// <param name="Entries">Entries in order; empty for none.</param>
public readonly record struct EdgeBatch(
    long After, long Through, Position? Lost, IReadOnlyList<PresenceChange> Presence, IReadOnlyList<FeedEntry> Entries);
