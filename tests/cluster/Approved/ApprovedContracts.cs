using Switchboard.Testing.Programs;

namespace Switchboard.Cluster.Tests.Approved;

/// <summary>The contracts as they were approved, in the checkout that the tests were built from.</summary>
internal static class ApprovedContracts
{
    private const string Name = "tests/cluster/Approved/contracts.txt";

    /// <summary>Said where something differs.</summary>
    public const string HowTo =
        "\nTo approve of it, run\n  SWITCHBOARD_APPROVE=1 dotnet test tests/cluster --filter Approved\nand commit " + Name;

    public static bool IsApproving => Environment.GetEnvironmentVariable("SWITCHBOARD_APPROVE") == "1";

    public static string[] Read() => File.ReadAllLines(Checkout.PathOf(Name));

    public static void Write(IEnumerable<string> lines) =>
        File.WriteAllText(Checkout.PathOf(Name), string.Join('\n', lines) + "\n");
}
