namespace Switchboard.Load.Slow;

/// <summary>One half of a slow-consumer run. Latencies in microseconds, from publishing to receipt, over the members
/// that read.</summary>
internal sealed record SlowPhase(long Published, long Delivered, double Seconds, double P50, double P99);
