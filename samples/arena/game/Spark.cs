namespace Switchboard.Arena;

/// <summary>Something to collect.</summary>
/// <param name="Id">Tells it from others.</param>
/// <param name="X">From the left.</param>
/// <param name="Y">From the top.</param>
public sealed record Spark(int Id, double X, double Y);
