namespace Switchboard.Arena;

/// <summary>What a player publishes: where to head, -1 to 1 each way.</summary>
public sealed record Steering(double X, double Y);
