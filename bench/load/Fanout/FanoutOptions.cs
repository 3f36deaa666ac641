using Switchboard.Load.Rooms;

namespace Switchboard.Load.Fanout;

/// <summary>What a fan-out run does. The size is that of the published string in bytes, times are in seconds.</summary>
internal sealed record FanoutOptions(
    string Kind, Uri Url, int Pid, string Room, int Members = 1000, int Inflight = 16, int Size = 64,
    double Seconds = 6, double Warmup = 5)
{
    public static FanoutOptions From(Arguments arguments) => new(
        arguments.Text("kind", "switchboard"),
        arguments.Url(),
        arguments.Pid(),
        arguments.Text("room", "fanout"),
        arguments.Number("members", 1000, 1, 19_000),
        arguments.Number("inflight", 16, 1, 1024),
        arguments.Number("size", 64, Stamp.Length, 16_384),
        arguments.Seconds("seconds", 6, 0.1),
        arguments.Seconds("warmup", 5, 0));
}
