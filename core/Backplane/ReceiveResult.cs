namespace Switchboard.Core.Backplane;

/// <summary>What an edge says to a request that it was handed.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Expected">The number that the session's next request must have; 0 with NoSession.</param>
public readonly record struct ReceiveResult(ReceiveStatus Status, long Expected);
