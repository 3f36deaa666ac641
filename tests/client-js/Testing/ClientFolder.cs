using System.Text.RegularExpressions;
using Switchboard.Testing.Programs;

namespace Switchboard.ClientJs.Tests.Testing;

/// <summary>The folder <c>clients/js</c>, and what is run in it.</summary>
internal static partial class ClientFolder
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Where it is.</summary>
    public static string Path { get; } = Checkout.PathOf("clients/js");

    /// <summary>The names of all tests that stand in its sources.</summary>
    public static IEnumerable<string> TestNames() =>
        Directory.EnumerateFiles(System.IO.Path.Combine(Path, "test"), "*.test.ts", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .SelectMany(static file => Test().Matches(File.ReadAllText(file)))
            .Select(static match => match.Groups[1].Value);

    /// <summary>Runs one of its scripts in Node to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string script, string[] arguments, params IEnumerable<KeyValuePair<string, string>> environment)
    {
        Assert.True(Directory.Exists(System.IO.Path.Combine(Path, "node_modules")), $"run npm ci in {Path} first, as ./test.sh does");
        await using RunningProgram node = RunningProgram.Start(
            "node", [System.IO.Path.Combine(Path, "scripts", script), .. arguments], environment);
        return (await node.EndAsync(Patience), node.Output);
    }

    [GeneratedRegex("^test\\(\"([^\"\\\\]+)\"", RegexOptions.Multiline)]
    private static partial Regex Test();
}
