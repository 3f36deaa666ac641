namespace Switchboard.Cluster.Tests.Approved;

/// <summary>The contracts as they were approved, in the checkout that the tests were built from.</summary>
internal static class ApprovedContracts
{
    private const string Name = "tests/cluster/Approved/contracts.txt";

    /// <summary>Said where something differs.</summary>
    public const string HowTo =
        "\nTo approve of it, run\n  SWITCHBOARD_APPROVE=1 dotnet test tests/cluster --filter Approved\nand commit " + Name;

    public static bool IsApproving => Environment.GetEnvironmentVariable("SWITCHBOARD_APPROVE") == "1";

    public static string[] Read() => File.ReadAllLines(Path());

    public static void Write(IEnumerable<string> lines) => File.WriteAllText(Path(), string.Join('\n', lines) + "\n");

    private static string Path()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Cluster.sln")))
        {
            folder = folder.Parent;
        }

        return System.IO.Path.Combine(
            folder?.FullName ?? throw new InvalidOperationException("Cluster.sln is in no folder above the tests"), Name);
    }
}
