namespace Switchboard.ClientContract.Harness;

/// <summary>Names of rooms and users: one backplane serves many tests, of several classes.</summary>
public static class Names
{
    private static int _used;

    /// <summary>One that no other test knows.</summary>
    public static string Unused(string prefix) => $"{prefix}-{Interlocked.Increment(ref _used)}";
}
