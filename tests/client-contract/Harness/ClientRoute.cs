namespace Switchboard.ClientContract.Harness;

/// <summary>Where a client's requests go: as behind a proxy without sticky sessions, to one edge after the other.</summary>
/// <param name="edges">The edges.</param>
/// <param name="first">Where the first request goes.</param>
public sealed class ClientRoute(IReadOnlyList<Uri> edges, int first)
{
    private int _next = first - 1;

    /// <summary>Where the next request goes.</summary>
    public Uri Next() => edges[Interlocked.Increment(ref _next) % edges.Count];
}
