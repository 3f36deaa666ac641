namespace Switchboard.Client;

/// <summary>How a room was joined.</summary>
/// <param name="Position">Behind this, everything is delivered.</param>
/// <param name="IsRecovered">Whether what came since the given position is delivered, too; false where none was given.</param>
/// <param name="Reason">Why it is not, where a position was given: one of <see cref="LossReasons"/>.</param>
public sealed record Joined(Position Position, bool IsRecovered, string? Reason);
