namespace Switchboard.Protocol.Tests.Envelope;

/// <summary>Reads docs/protocol.md: what its examples and tables say.</summary>
internal static class ProtocolPage
{
    private static readonly string[] Lines = File.ReadAllLines(Find());

    /// <summary>The fenced blocks of JSON, each with the marker in the line above it; empty for none.</summary>
    public static IEnumerable<(string Marker, string Json)> Examples()
    {
        for (int i = 0; i < Lines.Length; i++)
        {
            if (Lines[i] == "```json")
            {
                string[] block = [.. Lines.Skip(i + 1).TakeWhile(line => line != "```")];
                string above = Lines[i - 1];
                string marker = above.StartsWith("<!-- ", StringComparison.Ordinal) ? above[5..^4] : "";
                yield return (marker, string.Join('\n', block));
            }
        }
    }

    /// <summary>The messages of the transcripts, by the arrow in front of them.</summary>
    public static IEnumerable<string> Transcript(string arrow) =>
        Lines.Where(line => line.StartsWith(arrow, StringComparison.Ordinal)).Select(line => line[arrow.Length..]);

    /// <summary>The rows of the tables in a section, cell by cell, without their headings.</summary>
    public static IEnumerable<string[]> Rows(string section) => Section(section)
        .Where(line => line.StartsWith('|') && !line.StartsWith("|---", StringComparison.Ordinal))
        .Skip(1)
        .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim().Trim('`')).ToArray());

    /// <summary>The headings of the subsections of a section.</summary>
    public static IEnumerable<string> Subsections(string section) => Section(section)
        .Where(line => line.StartsWith("### ", StringComparison.Ordinal))
        .Select(line => line[4..]);

    private static IEnumerable<string> Section(string heading) => Lines
        .SkipWhile(line => line != $"## {heading}")
        .Skip(1)
        .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal));

    private static string Find()
    {
        string? directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "docs", "protocol.md")))
        {
            directory = Path.GetDirectoryName(directory);
        }

        return Path.Combine(directory ?? throw new FileNotFoundException("docs/protocol.md"), "docs", "protocol.md");
    }
}
