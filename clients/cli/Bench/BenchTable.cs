using System.Globalization;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Bench;

/// <summary>Prints what a benchmark found.</summary>
internal static class BenchTable
{
    /// <summary>As a table, and a line that says whether the contract was kept.</summary>
    public static void Write(Terminal terminal, BenchReport report)
    {
        BenchCounts counts = report.Counts;
        terminal.WriteTable(
            ["", ""],
            [
                ["connections", $"{Count(report.Joined)} of {Count(report.Options.Connections)}"],
                ["connects/s", Rate(report.ConnectsPerSecond)],
                ["publishes acknowledged", $"{Count(counts.Acknowledged)} of {Count(counts.Published)}"],
                ["publishes acknowledged/s", Rate(report.AcknowledgedPerSecond)],
                ["deliveries", $"{Count(counts.Delivered)} of {Count(report.Expected)}"],
                ["deliveries/s", Rate(report.DeliveriesPerSecond)],
                ["latency p50", Latency(report, 0.5)],
                ["latency p90", Latency(report, 0.9)],
                ["latency p99", Latency(report, 0.99)],
                ["latency max", Latency(report, 1)],
                ["errors", Errors(report)],
                ["losses told of", Count(report.LossesTold)],
                ["losses in silence", Count(report.LossesSilent)],
                ["duplicates", Count(counts.Duplicates)],
                ["out of order", Count(counts.Disordered)],
            ]);
        terminal.Out.WriteLine(Verdict(report));
    }

    /// <summary>As one JSON object; durations in milliseconds.</summary>
    public static void WriteJson(TextWriter writer, BenchReport report) => JsonLine.Write(writer, json =>
    {
        BenchCounts counts = report.Counts;
        json.WriteNumber("connections", report.Joined);
        json.WriteNumber("connectsPerSecond", Math.Round(report.ConnectsPerSecond, 1));
        json.WriteNumber("published", counts.Published);
        json.WriteNumber("acknowledged", counts.Acknowledged);
        json.WriteNumber("acknowledgedPerSecond", Math.Round(report.AcknowledgedPerSecond, 1));
        json.WriteNumber("expected", report.Expected);
        json.WriteNumber("delivered", counts.Delivered);
        json.WriteNumber("deliveriesPerSecond", Math.Round(report.DeliveriesPerSecond, 1));
        json.WriteStartObject("latency");
        foreach ((string name, double quantile) in new[] { ("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("max", 1.0) })
        {
            if (counts.Latency.Quantile(quantile) is { } latency)
            {
                json.WriteNumber(name, Math.Round(latency.TotalMilliseconds, 3));
            }
        }

        json.WriteEndObject();
        json.WriteStartObject("errors");
        foreach ((string code, long count) in counts.Errors)
        {
            json.WriteNumber(code, count);
        }

        json.WriteEndObject();
        json.WriteNumber("lossesTold", report.LossesTold);
        json.WriteNumber("lossesSilent", report.LossesSilent);
        json.WriteNumber("duplicates", counts.Duplicates);
        json.WriteNumber("disordered", counts.Disordered);
        json.WriteBoolean("contractKept", report.IsContractKept);
        json.WriteBoolean("passed", report.IsPassed);
    });

    private static string Verdict(BenchReport report) => report switch
    {
        { IsContractKept: false } => "the contract was broken",
        { IsPassed: false } => "not a result: connections are missing, or nothing was acknowledged",
        _ => "the contract was kept",
    };

    private static string Errors(BenchReport report) => report.ErrorCount == 0
        ? "0"
        : $"{Count(report.ErrorCount)} ({string.Join(", ", report.Counts.Errors.OrderByDescending(static each => each.Value).Select(static each => $"{each.Key} {Count(each.Value)}"))})";

    private static string Latency(BenchReport report, double quantile) =>
        report.Counts.Latency.Quantile(quantile) is { } latency
            ? string.Create(CultureInfo.InvariantCulture, $"{latency.TotalMilliseconds:0.00} ms")
            : "-";

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Rate(double rate) => rate.ToString("N1", CultureInfo.InvariantCulture);
}
