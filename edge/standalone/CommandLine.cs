namespace Switchboard.Standalone;

/// <summary>The switches of the command line that are short for a setting.</summary>
internal static class CommandLine
{
    /// <summary>Replaces "--echo" by the setting of the echo's path; the rest is left as it is.</summary>
    public static string[] Expand(string[] args) =>
        [.. args.Select(arg => arg == "--echo" ? "--Switchboard:Gateway:EchoPath=/echo" : arg)];
}
