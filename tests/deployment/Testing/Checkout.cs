using System.Reflection;

namespace Switchboard.Deployment.Tests.Testing;

/// <summary>The checkout that the tests were built from, and the programs that were built with them.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    /// <summary>"Debug" or "Release": of these tests, and so of the programs.</summary>
    public static string Configuration { get; } =
        typeof(Checkout).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    public static string Silo { get; } = Program("silo", "Switchboard.Silo");

    public static string Edge { get; } = Program("edge/node", "Switchboard.Node");

    public static string Faults { get; } = Program("bench/faults", "Switchboard.Faults");

    public static string PathOf(string file) => Path.Combine(Root, file);

    public static string Read(string file) => File.ReadAllText(PathOf(file));

    /// <summary>The files of code, relative to the root.</summary>
    public static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file))
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "node_modules"));

    private static string Program(string folder, string name) =>
        Path.Combine(Root, folder, "bin", Configuration, "net10.0", name + ".dll");

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
