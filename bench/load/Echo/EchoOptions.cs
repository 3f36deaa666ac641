namespace Switchboard.Load.Echo;

/// <summary>What an echo run does. Sizes in bytes, times in seconds.</summary>
internal sealed record EchoOptions(
    Uri Url, int Pid, int Connections = 50, int Inflight = 16, int Size = 64, double Seconds = 6, double Warmup = 5,
    bool Text = false, bool Verify = false)
{
    public static EchoOptions From(Arguments arguments) => new(
        arguments.Url(),
        arguments.Pid(),
        arguments.Number("connections", 50, 1, 19_000),
        arguments.Number("inflight", 16, 1, 1024),
        arguments.Number("size", 64, 1, 65_536),
        arguments.Seconds("seconds", 6, 0.1, 600),
        arguments.Seconds("warmup", 5, 0, 600),
        arguments.Switch("text"),
        arguments.Switch("verify"));
}
