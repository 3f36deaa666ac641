using Switchboard.Load.Publish;

namespace Switchboard.Load.Compare;

/// <summary>
/// How many publishes a silo with two edges acknowledges at most, and how long a message takes from one edge to the other
/// at a fifth of that: published in bursts, as by clients that do not wait, and one by one.
/// </summary>
internal static class ClusterTopic
{
    private const double Floor = 200_000;
    private const double CeilingMicroseconds = 10_000;
    private const int Inflight = 128;

    public static IEnumerable<Row> Run(CompareOptions options)
    {
        if (!Contenders.IsClusterBuilt(options.Root))
        {
            yield return new Row("publish, over a cluster", "acked/s", "the bar") { Absent = "silo and edge/node are not built" };
            yield break;
        }

        List<double> most = [];
        List<double> bursts = [];
        List<double> single = [];
        using (var cluster = ClusterProcesses.Start(options.Root, ""))
        {
            Rounds.Run("cluster", options.Rounds, warm: true, new Side("at most", round =>
            {
                var run = new PublishOptions(cluster.Edges, cluster.Pids, Seconds: options.Seconds, Warmup: round == 0 ? 10 : 3);
                most.Add(PublishRun.Run(run with { Inflight = Inflight }).AcknowledgedPerSecond);
                var fifth = run with { Rate = (int)(most[^1] / 5) };
                bursts.Add(PublishRun.Run(fifth with { Burst = 10 }).Delivery.P99);
                single.Add(PublishRun.Run(fifth).Delivery.P99);
                return most[^1];
            }));
        }

        yield return Against(Floor, "publish, over a cluster", "acked/s", most) with { Bar = Bar.AtLeast(1) };
        yield return Against(CeilingMicroseconds, "at a fifth, in bursts of ten", "µs, p99", bursts) with { Bar = Bar.AtMost(1) };
        yield return Against(CeilingMicroseconds, "at a fifth, one by one", "µs, p99", single);
    }

    // The first round warms up.
    private static Row Against(double bar, string name, string unit, List<double> figures) => new(name, unit, "the bar")
    {
        Ours = figures[1..],
        Theirs = [.. Enumerable.Repeat(bar, figures.Count - 1)],
    };
}
