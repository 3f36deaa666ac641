using Spectre.Console;

namespace Switchboard.Cli.Output;

/// <summary>Where a command writes: results to standard output, notices and errors to standard error.</summary>
internal sealed class Terminal
{
    // A line and a space on each side, where plain columns have their gap.
    private const int LinesOfColumn = 1;

    private readonly TextWriter _error = Console.Error;
    private readonly IAnsiConsole _out = Create(Console.Out, Console.IsOutputRedirected);

    public TextWriter Out { get; } = Console.Out;

    public Stream Input { get; } = Console.OpenStandardInput();

    /// <summary>Standard error, for displays that move.</summary>
    public IAnsiConsole Display { get; } = Create(Console.Error, Console.IsErrorRedirected);

    /// <summary>Whether standard output is a terminal that shows colours.</summary>
    public bool HasColours => _out.Profile.Capabilities.Ansi;

    /// <summary>Whether a display may move.</summary>
    public bool CanMove => Display.Profile.Capabilities is { Ansi: true, Interactive: true };

    /// <summary>A line for people that is no result.</summary>
    public void WriteNotice(string text) => _error.WriteLine(PlainText.Of(text));

    /// <summary>The one line that says why a command failed.</summary>
    public void WriteError(string text) => WriteNotice($"switchboard: {text}");

    /// <summary>A table: with lines around it on a terminal; else, and where it is too wide for the screen, in plain columns.</summary>
    /// <param name="headers">One for each column; all empty for a table without a head.</param>
    /// <param name="rows">As many cells each as there are columns.</param>
    public void WriteTable(string[] headers, IEnumerable<string[]> rows)
    {
        string[][] plain = [.. rows.Select(static row => Array.ConvertAll(row, PlainText.Of))];
        bool hasHead = headers.Any(static header => header.Length > 0);
        string[][] all = hasHead ? [headers, .. plain] : plain;
        if (!HasColours || PlainColumns.Width(all) + (headers.Length * LinesOfColumn) + 1 > _out.Profile.Width)
        {
            PlainColumns.Write(Out, all);
            return;
        }

        Table table = new() { Border = TableBorder.Rounded, ShowHeaders = hasHead };
        foreach (string header in headers)
        {
            table.AddColumn(new TableColumn(new Text(header)));
        }

        foreach (string[] row in plain)
        {
            table.AddRow(row.Select(static cell => new Text(cell)));
        }

        _out.Write(table);
    }

    private static IAnsiConsole Create(TextWriter writer, bool isRedirected) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(writer),
        Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        ColorSystem = isRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Detect,
    });
}
