using System.Xml.Linq;
using Switchboard.Testing.Programs;

namespace Switchboard.Architecture.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folders that hold a project, relative to the root, with slashes.</summary>
    public static IEnumerable<string> ProjectFolders() =>
        Directory.EnumerateFiles(Checkout.Root, "*.csproj", SearchOption.AllDirectories)
            .Select(file => Relative(Path.GetDirectoryName(file)!))
            .Where(folder => !folder.Split('/').Any(part => part is "bin" or "obj" or "artifacts" or "node_modules"));

    public static XDocument Project(string folder) =>
        XDocument.Load(Directory.EnumerateFiles(Path.Combine(Checkout.Root, folder), "*.csproj").Single());

    /// <summary>The folder of a project that another one references.</summary>
    public static string FolderOf(string referencing, string include) =>
        Relative(Path.GetDirectoryName(Path.GetFullPath(Path.Combine(Checkout.Root, referencing, include.Replace('\\', '/'))))!);

    public static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Checkout.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    private static string Relative(string path) => Path.GetRelativePath(Checkout.Root, path).Replace('\\', '/');
}
