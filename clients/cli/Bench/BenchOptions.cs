namespace Switchboard.Cli.Bench;

/// <summary>What a benchmark does.</summary>
/// <param name="Connections">In all.</param>
/// <param name="Rooms">Which they are spread over evenly.</param>
/// <param name="Rate">Publishes a second, in all.</param>
/// <param name="Duration">How long is published.</param>
/// <param name="Size">Bytes of a message's payload.</param>
internal sealed record BenchOptions(int Connections, int Rooms, double Rate, TimeSpan Duration, int Size)
{
    /// <summary>How many messages are published in all.</summary>
    public long Publishes => Math.Max(1, (long)(Rate * Duration.TotalSeconds));
}
