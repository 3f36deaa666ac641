using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Switchboard.ClientJs.Tests.Testing;

/// <summary>The folder <c>clients/js</c>, and what is run in it.</summary>
internal static partial class ClientFolder
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Where it is.</summary>
    public static string Path { get; } = Find();

    /// <summary>The names of all tests that stand in its sources.</summary>
    public static IEnumerable<string> TestNames() =>
        Directory.EnumerateFiles(System.IO.Path.Combine(Path, "test"), "*.test.ts", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .SelectMany(static file => Test().Matches(File.ReadAllText(file)))
            .Select(static match => match.Groups[1].Value);

    /// <summary>Runs Node in it to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        Assert.True(Directory.Exists(System.IO.Path.Combine(Path, "node_modules")), $"run npm ci in {Path} first, as ./test.sh does");
        ProcessStartInfo start = new("node", arguments)
        {
            WorkingDirectory = Path,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(Patience);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string Find([CallerFilePath] string file = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(file)!, "../../../clients/js"));

    [GeneratedRegex("^test\\(\"([^\"\\\\]+)\"", RegexOptions.Multiline)]
    private static partial Regex Test();
}
