using Switchboard.Load;

namespace Switchboard.Faults;

/// <summary>What to run. The command line is described in bench/README.md.</summary>
internal sealed record FaultOptions(
    IReadOnlyList<Uri> Edges,
    int Rooms,
    int Connections,
    int Rate,
    double Seconds,
    double Settle,
    string RoomPrefix,
    int Watchers,
    int Abandoned,
    Bars Bars,
    string? Json,
    bool Stdin)
{
    // What a connection may join by default.
    private const int MaxRoomsOfWatcher = 100;
    private const double Day = 86_400;

    public static FaultOptions From(Arguments arguments)
    {
        var rooms = arguments.Number("rooms", 200, 1, 100_000);
        var connections = arguments.Number("connections", 1000, rooms, 100_000);
        var watchers = arguments.Number("watch", 0, 0, rooms);
        var abandoned = arguments.Number("abandon", 0, 0, connections);
        if (watchers > 0 && (rooms + watchers - 1) / watchers > MaxRoomsOfWatcher)
        {
            throw new LoadException(
                $"--watch {watchers} is too few for {rooms} rooms: a watcher takes {MaxRoomsOfWatcher}");
        }

        if (abandoned > 0 && watchers == 0)
        {
            throw new LoadException("--abandon needs --watch: nobody would see who leaves");
        }

        var bars = Bars.From(arguments);
        if (bars.MaxLeave is not null && abandoned == 0)
        {
            throw new LoadException("--max-leave needs --abandon: nobody leaves otherwise");
        }

        return new FaultOptions(
            [.. arguments.Text("edges").Split(',').Select(Edge)],
            rooms,
            connections,
            arguments.Number("rate", 2000, 1, 1_000_000),
            arguments.Seconds("seconds", 30, 1, Day),
            arguments.Seconds("settle", 15, 0, Day),
            arguments.Text("room-prefix", ""),
            watchers,
            abandoned,
            bars,
            arguments.Text("json", "") is { Length: > 0 } path ? path : null,
            arguments.Switch("stdin"));
    }

    private static Uri Edge(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == "ws"
            && url.HostNameType == UriHostNameType.IPv4 && url.Query.Length == 0
            ? new Uri(url, url.AbsolutePath == "/" ? "/ws" : url.AbsolutePath)
            : throw new LoadException("--edges is like ws://127.0.0.1:8081,ws://127.0.0.1:8082");
}
