namespace Switchboard.Load.Compare;

/// <summary>What is compared, and how often. <paramref name="Server"/> is the command line of our server, in which
/// <c>{url}</c> stands for its address.</summary>
internal sealed record CompareOptions(
    IReadOnlyList<string> Topics, string Root, string Server, int Rounds, int Connections, int Inflight,
    double Seconds, bool Check)
{
    // One publisher sends for a thousand members: as fast as it can, which the default rate of a client forbids.
    private const string OursArguments =
        "--urls {url} --echo --Switchboard:Gateway:Limits:MessagesPerSecond=0 --Logging:LogLevel:Default=Warning";

    private static readonly string[] _topics = ["echo", "idle", "fanout", "slow", "cluster", "telemetry"];

    public static CompareOptions From(Arguments arguments)
    {
        var root = arguments.Text("root", Environment.CurrentDirectory);
        string[] topics = arguments.Words is [_, var topic] && (topic == "all" || _topics.Contains(topic))
            ? topic == "all" ? _topics : [topic]
            : throw new LoadException("compare echo|idle|fanout|slow|cluster|telemetry|all");
        return new CompareOptions(
            topics,
            root,
            arguments.Text("server", $"dotnet {Contenders.Built(root, Contenders.Ours)} {OursArguments}"),
            arguments.Number("rounds", 3, 1, 100),
            arguments.Number("connections", 10_000, 100, 19_000),
            arguments.Number("inflight", 16, 1, 1024),
            arguments.Seconds("seconds", 6, 3, 20),
            arguments.Switch("check"));
    }
}
