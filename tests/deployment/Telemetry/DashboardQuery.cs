using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Switchboard.Testing.Programs;

namespace Switchboard.Deployment.Tests.Telemetry;

/// <summary>A query of the dashboard, and how what it finds is called.</summary>
internal sealed partial record DashboardQuery(string Panel, string Expression, string Legend)
{
    /// <summary>The metrics that it names.</summary>
    public string[] Metrics => [.. Metric().Matches(Expression).Select(match => match.Value).Distinct()];

    /// <summary>The labels that it keeps, other than those of buckets.</summary>
    public string[] Labels => [.. Kept().Matches(Expression).SelectMany(match => match.Groups[1].Value.Split(", ")).Except(["le"])];

    /// <summary>The labels that the legend names.</summary>
    public string[] LegendLabels => [.. Named().Matches(Legend).Select(match => match.Groups[1].Value)];

    /// <summary>As Grafana sends it for all nodes, from a panel of an hour.</summary>
    public string Sent => Expression
        .Replace("$instance", ".*", StringComparison.Ordinal)
        .Replace("$__rate_interval", "1m0s", StringComparison.Ordinal);

    /// <summary>All queries in order.</summary>
    public static DashboardQuery[] ReadAll() =>
    [
        .. from panel in JsonNode.Parse(Checkout.Read("deploy/grafana/switchboard.json"))!["panels"]!.AsArray()
           from target in panel["targets"]?.AsArray() ?? []
           select new DashboardQuery(panel["title"]!.ToString(), target!["expr"]!.ToString(), target["legendFormat"]!.ToString()),
    ];

    [GeneratedRegex(@"\bswitchboard_\w+")]
    private static partial Regex Metric();

    [GeneratedRegex(@"\bby \(([^)]+)\)")]
    private static partial Regex Kept();

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Named();
}
