namespace Switchboard.Standalone.Tests;

/// <summary>Where pictures of pages are kept, for people to look at.</summary>
internal static class Screenshots
{
    /// <summary>The path of a picture: in the checkout that the tests were built from, below artifacts.</summary>
    public static string PathOf(string name)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Standalone.slnf")))
        {
            folder = folder.Parent;
        }

        string root = folder?.FullName ?? throw new InvalidOperationException("Standalone.slnf is in no folder above the tests");
        return Path.Combine(root, "artifacts", "screenshots", name + ".png");
    }
}
