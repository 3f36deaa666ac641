using System.Globalization;
using System.Text.Json;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Api;

/// <summary>The nodes as a table. A node that did not answer has a name and a state, and nothing else.</summary>
internal static class NodeTable
{
    private static readonly string[] Headers =
        ["name", "kind", "state", "version", "up", "connections", "rooms", "received", "sent", "dropped", "lost", "memory", "cpu", "address"];

    /// <summary>Reads what <c>/api/v1/nodes</c> answered: a row for each node, and whether some may be missing.</summary>
    public static (List<string[]> Rows, bool IsPartial) Read(JsonElement answer)
    {
        long now = answer.GetProperty("time").GetInt64();
        return (
            [.. answer.GetProperty("nodes").EnumerateArray().Select(node => Row(node, now))],
            answer.TryGetProperty("complete", out JsonElement complete) && complete.ValueKind == JsonValueKind.False);
    }

    public static void Write(Terminal terminal, List<string[]> rows, bool isPartial)
    {
        terminal.WriteTable(Headers, rows);
        terminal.Out.WriteLine(rows.Count == 1 ? "1 node" : $"{rows.Count} nodes");
        if (isPartial)
        {
            terminal.WriteNotice("edges may be missing: the silo with their registry was lost a moment ago");
        }
    }

    private static string[] Row(JsonElement node, long now)
    {
        JsonElement figures = node.TryGetProperty("figures", out JsonElement given) ? given : default;
        return
        [
            Text(node, "name"),
            Text(node, "kind"),
            Text(node, "state"),
            Text(node, "version"),
            Number(node, "started") is { } started ? Duration(now - started) : "",
            Count(figures, "connections"),
            Count(figures, "rooms"),
            Count(figures, "received"),
            Count(figures, "sent"),
            Count(figures, "dropped"),
            Count(figures, "lost"),
            Number(figures, "memory") is { } memory ? $"{memory / (1024 * 1024)} MiB" : "",
            Number(figures, "cpu") is { } cpu ? Duration(cpu) : "",
            Text(node, "address"),
        ];
    }

    private static string Text(JsonElement what, string name) =>
        what.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static long? Number(JsonElement what, string name) =>
        what.ValueKind == JsonValueKind.Object && what.TryGetProperty(name, out JsonElement value)
            && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;

    private static string Count(JsonElement figures, string name) =>
        Number(figures, name)?.ToString("N0", CultureInfo.InvariantCulture) ?? "";

    private static string Duration(long milliseconds)
    {
        TimeSpan span = TimeSpan.FromMilliseconds(Math.Max(0, milliseconds));
        return span.TotalDays >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays}d {span.Hours}h")
            : span.TotalHours >= 1
                ? string.Create(CultureInfo.InvariantCulture, $"{span.Hours}h {span.Minutes}m")
                : span.TotalMinutes >= 1
                    ? string.Create(CultureInfo.InvariantCulture, $"{span.Minutes}m {span.Seconds}s")
                    : string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0}s");
    }
}
