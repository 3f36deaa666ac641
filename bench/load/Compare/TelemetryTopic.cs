using System.Globalization;
using Switchboard.Load.Publish;

namespace Switchboard.Load.Compare;

/// <summary>
/// What it costs to export metrics and traces, against the same programs without: one server by itself, and a silo with
/// two edges, of which one has the publishers and the other the receivers. All rounds are taken with each pair of processes.
/// Single windows differ by several times the bar: short ones that take turns, and many of them, are what shows it.
/// </summary>
internal static class TelemetryTopic
{
    private const string Unit = "acked/CPU-s";
    private const string Other = "without";

    // Of the same program one process may stay cheaper than another by more than the bar: what the runtime compiles follows
    // from what it happened to see. So each side is started more than once.
    private const int Pairs = 3;

    // Servers become cheaper by a third in their first minute of load, as their code is compiled again for what it does;
    // sides of which one is further would be compared by that.
    private const double WarmUp = 45;

    private static readonly Bar _bar = Bar.AtLeast(0.97);

    public static IEnumerable<Row> Run(CompareOptions options, Contenders contenders)
    {
        using var sink = OtlpSink.Start();
        yield return Alone(options, contenders, sink);
        yield return Contenders.IsClusterBuilt(options.Root)
            ? Cluster(options, sink)
            : new Row("publish, over a cluster", Unit, Other) { Bar = _bar, Absent = "silo and edge/node are not built" };
    }

    private static Row Alone(CompareOptions options, Contenders contenders, OtlpSink sink) =>
        Compare("publish, one server", options, sink, name =>
        {
            using var with = contenders.Switchboard(sink.Settings);
            using var without = contenders.Switchboard();
            double Measure(ServerProcess server, int round) => Publish(
                options, round, [server.Url("/ws")], new Dictionary<string, int> { ["server"] = server.Pid });
            return Turns(name, options, round => Measure(with, round), round => Measure(without, round));
        });

    private static Row Cluster(CompareOptions options, OtlpSink sink) =>
        Compare("publish, over a cluster", options, sink, name =>
        {
            using var with = ClusterProcesses.Start(options.Root, sink.Settings);
            using var without = ClusterProcesses.Start(options.Root, "");
            double Measure(ClusterProcesses cluster, int round) => Publish(options, round, cluster.Edges, cluster.Pids);
            return Turns(name, options, round => Measure(with, round), round => Measure(without, round));
        });

    private static double[][] Turns(
        string name, CompareOptions options, Func<int, double> with, Func<int, double> without) =>
        Rounds.Run(name, options.Rounds, warm: true, new Side("with telemetry", with), new Side("without", without));

    private static Row Compare(string name, CompareOptions options, OtlpSink sink, Func<string, double[][]> compare)
    {
        var before = (sink.Metrics, sink.Traces);
        double[][][] pairs = [.. Enumerable.Range(1, Pairs).Select(pair => compare($"{name} ({pair} of {Pairs})"))];
        var (metrics, traces) = (sink.Metrics - before.Metrics, sink.Traces - before.Traces);
        if (metrics == 0 || traces == 0)
        {
            throw new LoadException($"there were {metrics} exports of metrics and {traces} of traces");
        }

        var row = new Row(name, Unit, Other)
        {
            Ours = [.. pairs.SelectMany(figures => figures[0])],
            Theirs = [.. pairs.SelectMany(figures => figures[1])],
            Bar = _bar,
        };
        var (low, high) = row.MedianRange;
        return row with
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"the ratio is {low:F3} to {high:F3} (95 %); {metrics} exports of metrics, {traces} of traces"),
        };
    }

    private static double Publish(
        CompareOptions options, int round, IReadOnlyList<Uri> edges, IReadOnlyDictionary<string, int> pids)
    {
        var result = PublishRun.Run(new PublishOptions(
            edges, pids, Inflight: options.Inflight, Seconds: options.Seconds, Warmup: round == 0 ? WarmUp : 1));
        return result.Acknowledged / result.CpuSeconds.Values.Sum();
    }
}
