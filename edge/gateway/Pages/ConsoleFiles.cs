using System.Collections.Frozen;
using System.Reflection;

namespace Switchboard.Gateway.Pages;

/// <summary>The files of the console, which are in the assembly: a program needs no folder for them.</summary>
internal static class ConsoleFiles
{
    private const string Prefix = "Switchboard.Gateway.Console/";

    private static readonly Lazy<FrozenDictionary<string, ConsoleFile>> All = new(Read);

    /// <summary>A file by its name; null where there is none.</summary>
    public static ConsoleFile? Find(string name) => All.Value.GetValueOrDefault(name);

    private static FrozenDictionary<string, ConsoleFile> Read()
    {
        Assembly assembly = typeof(ConsoleFiles).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(static name => name[Prefix.Length..], name => Read(assembly, name));
    }

    private static ConsoleFile Read(Assembly assembly, string name)
    {
        using Stream stream = assembly.GetManifestResourceStream(name)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        string type = Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            var other => throw new InvalidOperationException($"no type is known for {other}"),
        };
        return new ConsoleFile(type, bytes);
    }
}
