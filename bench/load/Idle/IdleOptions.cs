namespace Switchboard.Load.Idle;

/// <summary>What an idle run does. With <paramref name="Exchange"/> each connection has echoed one message before it
/// rests; a <paramref name="Kind"/> other than echo rests after that system's own greeting.</summary>
internal sealed record IdleOptions(
    Uri Url, int Pid, int Connections = 10_000, string Kind = "echo", bool Exchange = false)
{
    public static IdleOptions From(Arguments arguments) => new(
        arguments.Url(),
        arguments.Pid(),
        arguments.Number("connections", 10_000, 1, 19_000),
        arguments.Text("kind", "echo"),
        arguments.Switch("exchange"));
}
