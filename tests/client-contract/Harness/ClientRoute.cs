namespace Switchboard.ClientContract.Harness;

/// <summary>Where a client's requests go: as behind a proxy without sticky sessions, to one edge after the other.</summary>
/// <param name="edges">The edges.</param>
/// <param name="secureEdges">The same edges' addresses behind TLS; empty where there are none.</param>
/// <param name="first">Where the first request goes.</param>
public sealed class ClientRoute(IReadOnlyList<Uri> edges, IReadOnlyList<Uri> secureEdges, int first)
{
    private int _next = first - 1;

    /// <summary>Where the next request goes.</summary>
    public Uri Next() => edges[Interlocked.Increment(ref _next) % edges.Count];

    /// <summary>Where it goes behind TLS.</summary>
    public Uri NextSecure() => secureEdges[Interlocked.Increment(ref _next) % secureEdges.Count];
}
