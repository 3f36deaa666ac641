namespace Switchboard.Core.Rooms.Logic;

/// <summary>What a room tells its logic at once.</summary>
/// <param name="First">The number of the first notice, from 1; each has the next one. Without a notice, that of the next one.</param>
/// <param name="Notices">In order; none to hear whether the logic is still there.</param>
public sealed record LogicTurn(long First, IReadOnlyList<Notice> Notices);
