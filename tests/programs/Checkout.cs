using System.Reflection;

namespace Switchboard.Testing.Programs;

/// <summary>The checkout that the tests were built from, and the programs that were built with them.</summary>
public static class Checkout
{
    /// <summary>The folder of Cluster.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>"Debug" or "Release": of the tests, and so of the programs.</summary>
    public static string Configuration { get; } =
        typeof(Checkout).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>The assembly of the program that needs no cluster.</summary>
    public static string Standalone { get; } = Program("edge/standalone", "Switchboard.Standalone");

    /// <summary>The silo's assembly.</summary>
    public static string Silo { get; } = Program("silo", "Switchboard.Silo");

    /// <summary>The assembly of an edge of a cluster.</summary>
    public static string Edge { get; } = Program("edge/node", "Switchboard.Node");

    /// <summary>The assembly of a program in the folder of its project.</summary>
    public static string Program(string folder, string name) =>
        Path.Combine(Root, folder, "bin", Configuration, "net10.0", name + ".dll");

    /// <summary>A file, which is named from the root.</summary>
    public static string PathOf(string file) => Path.Combine(Root, file);

    /// <summary>The text of such a file.</summary>
    public static string Read(string file) => File.ReadAllText(PathOf(file));

    /// <summary>The files of code, relative to the root.</summary>
    public static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file))
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "node_modules"));

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Cluster.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Cluster.sln is in no folder above the tests");
    }
}
