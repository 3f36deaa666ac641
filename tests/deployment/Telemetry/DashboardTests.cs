using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Switchboard.Deployment.Tests.Testing;
using Switchboard.Testing.Programs;

namespace Switchboard.Deployment.Tests.Telemetry;

/// <summary>The dashboard asks for metrics that there are, by the names that Prometheus gives them.</summary>
public sealed partial class DashboardTests
{
    private readonly JsonNode _dashboard = JsonNode.Parse(Checkout.Read("deploy/grafana/switchboard.json"))!;

    [Fact]
    public void Queries_NameMetricsOfTheTable()
    {
        string[] known = [.. InstrumentRow.ReadAll().SelectMany(row => row.PrometheusNames())];
        string[] asked = [.. Queries().SelectMany(query => Metric().Matches(query)).Select(match => match.Value).Distinct()];

        Assert.NotEmpty(asked);
        Assert.Empty(asked.Except(known));
    }

    [Fact]
    public void Queries_OfCounters_AskForRates() => Assert.All(
        Queries().Where(query => query.Contains("_total", StringComparison.Ordinal)),
        query => Assert.Equal(Regex.Count(query, "_total"), Regex.Count(query, @"rate\(\w+_total")));

    [Theory]
    [InlineData("switchboard_gateway_messages_received_total")]
    [InlineData("switchboard_gateway_messages_sent_total")]
    [InlineData("switchboard_gateway_delivery_duration_seconds_bucket")]
    [InlineData("switchboard_gateway_messages_dropped_total")]
    [InlineData("switchboard_silo_rooms")]
    [InlineData("switchboard_gateway_resumes_total")]
    [InlineData("switchboard_storage_commit_duration_seconds_bucket")]
    public void Dashboard_Shows(string metric) =>
        Assert.Contains(Queries(), query => query.Contains(metric + "{", StringComparison.Ordinal));

    [Fact]
    public void Panels_HaveTitlesOfTheirOwn_AndDoNotOverlap()
    {
        JsonNode[] panels = [.. _dashboard["panels"]!.AsArray().Select(panel => panel!)];
        string[] titles = [.. panels.Select(panel => panel["title"]!.ToString())];
        Assert.Equal(titles.Distinct(), titles);

        HashSet<(int X, int Y)> taken = [];
        foreach (JsonNode place in panels.Select(panel => panel["gridPos"]!))
        {
            for (int x = 0; x < place["w"]!.GetValue<int>(); x++)
            {
                for (int y = 0; y < place["h"]!.GetValue<int>(); y++)
                {
                    Assert.True(taken.Add((x + place["x"]!.GetValue<int>(), y + place["y"]!.GetValue<int>())));
                }
            }
        }

        Assert.Equal(23, taken.Max(cell => cell.X));
    }

    [Fact]
    public void Prometheus_TakesOtlp_UnderTheNamesThatTheDashboardAsksFor()
    {
        string settings = Checkout.Read("deploy/prometheus.yml");

        Assert.Contains("\notlp:\n", settings, StringComparison.Ordinal);
        Assert.Contains("translation_strategy: UnderscoreEscapingWithSuffixes\n", settings, StringComparison.Ordinal);
        Assert.Equal("prometheus", _dashboard["panels"]![1]!["datasource"]!["uid"]!.ToString());
        Assert.Contains("uid: prometheus\n", Checkout.Read("deploy/grafana/provisioning/datasources/prometheus.yml"), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\bswitchboard_\w+")]
    private static partial Regex Metric();

    private string[] Queries() =>
    [
        .. _dashboard["panels"]!.AsArray()
            .SelectMany(panel => panel!["targets"]?.AsArray() ?? [])
            .Select(target => target!["expr"]!.ToString()),
    ];
}
