namespace Switchboard.Arena;

/// <summary>The field at a moment: what is published to the room.</summary>
/// <param name="Tick">Counts the steps.</param>
/// <param name="Players">Who is there.</param>
/// <param name="Sparks">What lies there.</param>
public sealed record ArenaView(long Tick, IReadOnlyList<PlayerView> Players, IReadOnlyList<Spark> Sparks);
