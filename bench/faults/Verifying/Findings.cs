namespace Switchboard.Faults.Verifying;

/// <summary>Counts what was found, and keeps the first few of each kind in words.</summary>
internal sealed class Findings
{
    private const int KeptOfEachKind = 3;

    private readonly long[] _counts = new long[Enum.GetValues<FindingKind>().Length];
    private readonly List<string> _examples = [];

    /// <summary>The first few of each kind, in the order in which they were found.</summary>
    public IReadOnlyList<string> Examples => _examples;

    /// <summary>Whether the server told of it, as the contract allows where a feed does not survive.</summary>
    public static bool IsTold(FindingKind kind) => kind >= FindingKind.ToldLost;

    public long Count(FindingKind kind) => _counts[(int)kind];

    public void Add(FindingKind kind, string what)
    {
        if (_counts[(int)kind]++ < KeptOfEachKind)
        {
            _examples.Add($"{kind}: {what}");
        }
    }
}
