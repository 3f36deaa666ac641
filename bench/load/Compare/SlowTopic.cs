using System.Globalization;
using Switchboard.Load.Slow;

namespace Switchboard.Load.Compare;

/// <summary>What ten members that stop reading cost the other 190; SignalR's own answer is shown for
/// comparison.</summary>
internal static class SlowTopic
{
    private const double MiB = 1024 * 1024;
    private static readonly Bar _latencyBar = Bar.AtMost(1.5);
    private static readonly Bar _rateBar = Bar.AtLeast(0.5);

    public static IEnumerable<Row> Run(CompareOptions options, Contenders contenders)
    {
        using (var ours = contenders.Switchboard())
        {
            var results = Measure(options, "Switchboard", "switchboard", ours, "/ws");
            if (results.Find(result => result.Missing != 0 || result.OutOfOrder != 0) is { } bad)
            {
                throw new LoadException($"{bad.Missing} missing, {bad.OutOfOrder} out of order");
            }

            yield return Latency("Switchboard", results) with { Bar = _latencyBar };
            yield return Rate("Switchboard", results) with { Bar = _rateBar };
        }

        using (var signalR = contenders.SignalR())
        {
            var results = Measure(options, "SignalR", "signalr", signalR, "/hub");
            yield return Latency("SignalR", results);
            yield return Rate("SignalR", results);
        }
    }

    private static List<SlowResult> Measure(
        CompareOptions options, string name, string kind, ServerProcess server, string path)
    {
        var results = new List<SlowResult>();
        Rounds.Run("slow", options.Rounds, warm: true, new Side(name, round =>
        {
            var result = SlowRun.Run(new SlowOptions(
                kind, server.Url(path), server.Pid, $"slow{round}", Inflight: options.Inflight,
                Seconds: options.Seconds + 2));
            results.Add(result);
            return result.Stalling.P99;
        }));
        return results[1..];
    }

    private static Row Latency(string name, List<SlowResult> results) =>
        new($"{name}, 10 of 200 stalled", "µs, p99", "all reading")
        {
            Ours = [.. results.Select(result => result.Stalling.P99)],
            Theirs = [.. results.Select(result => result.Reading.P99)],
            Note = string.Join("; ", results.Select(Describe)),
        };

    // Latencies are only of what was published: a server that stops accepting would look good by them.
    private static Row Rate(string name, List<SlowResult> results) =>
        new($"{name}, 10 of 200 stalled", "published/s", "all reading")
        {
            Ours = [.. results.Select(result => result.Stalling.Published / result.Stalling.Seconds)],
            Theirs = [.. results.Select(result => result.Reading.Published / result.Reading.Seconds)],
        };

    private static string Describe(SlowResult result)
    {
        var endings = string.Join(", ", result.Endings.Select(ending => $"{ending.Value} {ending.Key}"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"missing {result.Missing}, RSS {result.RssBefore / MiB:F0} → {result.RssMax / MiB:F0} MiB, " +
            $"stalled: {endings}");
    }
}
