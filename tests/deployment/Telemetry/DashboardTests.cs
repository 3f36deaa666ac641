using System.Text.Json.Nodes;
using Switchboard.Testing.Programs;

namespace Switchboard.Deployment.Tests.Telemetry;

/// <summary>The dashboard asks for metrics that there are, by the names that Prometheus gives them.</summary>
public sealed class DashboardTests
{
    private readonly JsonNode _dashboard = JsonNode.Parse(Checkout.Read("deploy/grafana/switchboard.json"))!;
    private readonly DashboardQuery[] _queries = DashboardQuery.ReadAll();

    [Fact]
    public void Queries_NameMetricsOfTheTable()
    {
        string[] known = [.. InstrumentRow.ReadAll().SelectMany(row => row.PrometheusNames())];
        string[] asked = [.. _queries.SelectMany(query => query.Metrics).Distinct()];

        Assert.NotEmpty(asked);
        Assert.Empty(asked.Except(known));
    }

    [Theory]
    [InlineData("switchboard_gateway_messages_received_total")]
    [InlineData("switchboard_gateway_messages_sent_total")]
    [InlineData("switchboard_gateway_delivery_duration_seconds_bucket")]
    [InlineData("switchboard_gateway_messages_dropped_total")]
    [InlineData("switchboard_silo_rooms")]
    [InlineData("switchboard_gateway_resumes_total")]
    [InlineData("switchboard_storage_commit_duration_seconds_bucket")]
    public void Dashboard_Shows(string metric) =>
        Assert.Contains(_queries, query => query.Metrics.Contains(metric));

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
}
