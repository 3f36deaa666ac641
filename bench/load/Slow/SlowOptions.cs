using Switchboard.Load.Rooms;

namespace Switchboard.Load.Slow;

/// <summary>What a slow-consumer run does. With a <paramref name="Rate"/> above 0 it publishes that many messages a
/// second by the clock, otherwise as fast as acknowledgements allow. <paramref name="StalledBuffer"/> is the kernel
/// receive buffer of the members that will stall, in bytes: what they can be sent without reading.</summary>
internal sealed record SlowOptions(
    string Kind, Uri Url, int Pid, string Room, int Members = 200, int Stalled = 10, int StalledBuffer = 32_768,
    int Rate = 0, int Inflight = 16, int Size = 1024, double Seconds = 8, double Warmup = 5)
{
    public static SlowOptions From(Arguments arguments) => new(
        arguments.Text("kind", "switchboard"),
        arguments.Url(),
        arguments.Pid(),
        arguments.Text("room", "slow"),
        arguments.Number("members", 200, 2, 19_000),
        arguments.Number("stalled", 10, 0, 1000),
        arguments.Number("stalled-buffer", 32_768, 4096, 4_194_304),
        arguments.Number("rate", 0, 0, 100_000),
        arguments.Number("inflight", 16, 1, 1024),
        arguments.Number("size", 1024, Stamp.Length, 16_384),
        arguments.Seconds("seconds", 8, 0.1),
        arguments.Seconds("warmup", 5, 0));
}
