using Switchboard.Core.Feeds;

namespace Switchboard.Core.Backplane;

/// <summary>Where live delivery of a feed begins, and what was missed before that.</summary>
/// <param name="Head">Everything after this position is delivered live.</param>
/// <param name="Outcome">Whether what was asked for could be recovered.</param>
/// <param name="Missed">Entries after the position that was asked from, up to the head, in order.</param>
public readonly record struct Recovery(Position Head, RecoveryOutcome Outcome, IReadOnlyList<FeedEntry> Missed);
