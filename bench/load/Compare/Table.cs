using System.Globalization;

namespace Switchboard.Load.Compare;

/// <summary>Prints rows in columns.</summary>
internal static class Table
{
    private static readonly string[] _heads =
        ["", "unit", "Switchboard", "against", "theirs", "ratio", "low", "high", "bar", ""];

    public static void Print(TextWriter output, IReadOnlyList<Row> rows)
    {
        List<string[]> lines = [_heads, .. rows.Select(Cells)];
        var widths = Enumerable.Range(0, _heads.Length).Select(i => lines.Max(line => line[i].Length)).ToArray();
        foreach (var line in lines)
        {
            var cells = line.Select((cell, i) => IsText(i) ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]));
            output.WriteLine(string.Join("  ", cells).TrimEnd());
        }

        foreach (var row in rows.Where(row => row.Note is not null))
        {
            output.WriteLine($"{row.Name} ({row.Other}): {row.Note}");
        }
    }

    private static bool IsText(int column) => column is 0 or 1 or 3 or 9;

    private static string[] Cells(Row row)
    {
        var bar = row.Bar?.ToString() ?? "";
        if (row.Absent is not null)
        {
            var absent = (row.Failed ? "failed: " : "skipped: ") + row.Absent;
            return [row.Name, row.Unit, "", row.Other, "", "", "", "", bar, absent];
        }

        var verdict = row.Bar is null ? "" : row.IsMissed ? "MISSED" : "met";
        return
        [
            row.Name, row.Unit, Figure(Row.Median(row.Ours)), row.Other, Figure(Row.Median(row.Theirs)),
            Ratio(Row.Median(row.Ratios)), Ratio(row.Ratios.Min()), Ratio(row.Ratios.Max()), bar, verdict,
        ];
    }

    private static string Figure(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Ratio(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}
