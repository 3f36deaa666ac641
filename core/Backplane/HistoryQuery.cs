using Switchboard.Core.Feeds;

namespace Switchboard.Core.Backplane;

/// <summary>A page of a feed's history.</summary>
/// <param name="From">
/// Forward: entries after this position, null for the oldest. Backward: entries before this position's offset, null
/// for the newest.
/// </param>
/// <param name="Backward">True for newest first.</param>
/// <param name="Limit">The most entries to return, from 1.</param>
public readonly record struct HistoryQuery(Position? From, bool Backward, int Limit);
