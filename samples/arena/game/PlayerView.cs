namespace Switchboard.Arena;

/// <summary>A player as others see it.</summary>
/// <param name="Id">The connection's id.</param>
/// <param name="Name">The user's name.</param>
/// <param name="X">From the left.</param>
/// <param name="Y">From the top.</param>
/// <param name="Score">How many sparks were collected.</param>
public sealed record PlayerView(string Id, string Name, double X, double Y, int Score);
