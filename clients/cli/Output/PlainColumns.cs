namespace Switchboard.Cli.Output;

/// <summary>A table for files and pipes: columns with two spaces between, never wrapped.</summary>
internal static class PlainColumns
{
    private const string Gap = "  ";

    /// <param name="writer">To where.</param>
    /// <param name="rows">As many cells each.</param>
    public static void Write(TextWriter writer, string[][] rows)
    {
        int[] widths = Widths(rows);
        foreach (string[] row in rows)
        {
            writer.WriteLine(string.Join(Gap, row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }

    /// <summary>How wide that is, in characters.</summary>
    public static int Width(string[][] rows) => Widths(rows).Sum(static width => width + Gap.Length);

    private static int[] Widths(string[][] rows) =>
        [.. Enumerable.Range(0, rows.Length == 0 ? 0 : rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
}
