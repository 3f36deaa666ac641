using System.Text.RegularExpressions;
using Switchboard.Testing.Programs;

namespace Switchboard.Deployment.Tests.Telemetry;

/// <summary>An instrument, as the table of docs/operations.md has it.</summary>
internal sealed partial record InstrumentRow(string Name, string Kind, string Unit, string[] Tags)
{
    /// <summary>The meter that the name says it is of.</summary>
    public string Meter => $"Switchboard.{char.ToUpperInvariant(Name.Split('.')[1][0])}{Name.Split('.')[1][1..]}";

    /// <summary>All rows in order.</summary>
    public static InstrumentRow[] ReadAll() =>
    [
        .. Checkout.Read("docs/operations.md").Split('\n')
            .Where(line => line.StartsWith("| `switchboard.", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => new InstrumentRow(cells[1].Trim('`'), cells[2], cells[3].Trim('`'), ReadTags(cells[4]))),
    ];

    /// <summary>The names under which Prometheus keeps it, as it translates those of OpenTelemetry.</summary>
    public IEnumerable<string> PrometheusNames()
    {
        string unit = Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ when Unit.StartsWith('{') => string.Empty,
            _ => throw new InvalidOperationException($"how does Prometheus write the unit {Unit}?"),
        };
        string name = Name.Replace('.', '_') + unit;
        return Kind switch
        {
            "counter" => [name + "_total"],
            "histogram" => [name + "_bucket", name + "_sum", name + "_count"],
            _ => [name],
        };
    }

    // Names, each with its values behind a colon where there are few: `event`; `outcome`: `allowed`, `refused`.
    private static string[] ReadTags(string cell) =>
        [.. cell.Split(';').SelectMany(tag => Quoted().Matches(tag.Split(':')[0])).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
