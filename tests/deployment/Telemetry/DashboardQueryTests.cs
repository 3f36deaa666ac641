using System.Text.Json.Nodes;
using Switchboard.Testing.Programs;

namespace Switchboard.Deployment.Tests.Telemetry;

/// <summary>What the dashboard's queries find, by Prometheus itself. Needs Debian's package prometheus.</summary>
public sealed class DashboardQueryTests
{
    // Observed at each export, or divided by each other: what is missed at first makes no difference.
    private static readonly string[] SeenFromTheStart =
    [
        "switchboard_gateway_messages_received_total",
        "switchboard_gateway_messages_sent_total",
        "switchboard_gateway_io_received_bytes_total",
        "switchboard_gateway_io_sent_bytes_total",
        "switchboard_silo_publish_messages_total",
        "switchboard_silo_publish_batches_total",
        "switchboard_silo_delivery_messages_total",
        "switchboard_silo_delivery_batches_total",
    ];

    private readonly DashboardQuery[] _queries = DashboardQuery.ReadAll();

    [Fact]
    public void Labels_AreThoseOfTheInstrument_AndTheLegendNamesThemAll()
    {
        InstrumentRow[] table = InstrumentRow.ReadAll();

        Assert.All(_queries, query =>
        {
            string[][] had = [.. query.Metrics.Select(metric => table.Single(row => row.PrometheusNames().Contains(metric)).Tags)];
            Assert.All(had, tags => Assert.Empty(query.Labels.Except([.. tags, "instance"])));
            Assert.Equal(query.Labels, query.LegendLabels);
        });
    }

    [Fact]
    public Task Queries_ShowWhatHappens_TheFirstTimeAsWell() => TryAsync(_queries.Select(query => Test(
        query, isNew: false, IsAboveZero(query, "75s", 1), IsAboveZero(query, "4m", IsOfState(query) ? 1 : 0))));

    [Fact]
    public Task Queries_OfWhatHappens_TakeNoProcessThatIsSeenForTheFirstTimeForABurst() => TryAsync(
        _queries.Where(query => !IsOfState(query)).Select(query => Test(query, isNew: true, IsAboveZero(query, "75s", 0))));

    private static async Task TryAsync(IEnumerable<JsonNode> tests)
    {
        // As YAML, which JSON is. Without the interval it takes what came up to the last whole minute.
        JsonObject file = new() { ["evaluation_interval"] = "15s", ["tests"] = new JsonArray([.. tests]) };
        string path = Path.Combine(Path.GetTempPath(), "switchboard-dashboard-" + Path.GetRandomFileName());
        await File.WriteAllTextAsync(path, file.ToJsonString());
        try
        {
            await using RunningProgram promtool = RunningProgram.Start("promtool", ["test", "rules", path]);
            int exitCode = await promtool.EndAsync();

            Assert.True(exitCode == 0, promtool.Output);
        }
        finally
        {
            File.Delete(path);
        }
    }

    // Twenty things happen between 45 and 60 seconds, exported every 15, and none after that.
    private static JsonObject Test(DashboardQuery query, bool isNew, params IEnumerable<JsonNode> expected) => new()
    {
        ["name"] = $"{query.Panel}: {query.Legend}",
        ["interval"] = "15s",
        ["input_series"] = new JsonArray(
        [
            Series("target_info", string.Empty, isNew ? "_ _ _ _ 1+0x40" : "1+0x40"),
            .. query.Metrics.SelectMany(metric => Inputs(query, metric, isNew)),
        ]),
        ["promql_expr_test"] = new JsonArray([.. expected]),
    };

    private static IEnumerable<JsonNode> Inputs(DashboardQuery query, string metric, bool isNew)
    {
        string labels = string.Concat(query.Labels.Except(["instance"]).Select(label => $",{label}=\"any\""));
        string[] buckets = IsBucket(metric) ? [",le=\"0.1\"", ",le=\"+Inf\""] : [string.Empty];

        // A counter of .NET is not exported before it has counted, for each combination of its tags.
        string before = isNew || (IsCounter(metric) && !SeenFromTheStart.Contains(metric)) ? "_ _ _ _" : "0+0x3";
        return buckets.Select(bucket => Series(metric, labels + bucket, before + " 20+0x20"));
    }

    private static JsonObject Series(string metric, string labels, string values) => new()
    {
        ["series"] = $"{metric}{{job=\"switchboard/switchboard-edge\",instance=\"edge-1\"{labels}}}",
        ["values"] = values,
    };

    private static bool IsOfState(DashboardQuery query) => !query.Metrics.Any(metric => IsCounter(metric) || IsBucket(metric));

    private static bool IsCounter(string metric) => metric.EndsWith("_total", StringComparison.Ordinal);

    private static bool IsBucket(string metric) => metric.EndsWith("_bucket", StringComparison.Ordinal);

    private static JsonObject IsAboveZero(DashboardQuery query, string when, int expected) => new()
    {
        ["expr"] = $"sum({query.Sent}) > bool 0",
        ["eval_time"] = when,
        ["exp_samples"] = new JsonArray(new JsonObject { ["labels"] = "{}", ["value"] = expected }),
    };
}
