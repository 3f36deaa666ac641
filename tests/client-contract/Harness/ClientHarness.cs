namespace Switchboard.ClientContract.Harness;

/// <summary>
/// Edges that run, with one backplane behind them. One serves many tests: each names its own rooms and users.
/// </summary>
/// <remarks>
/// A backplane is held to the contract by a harness, and by one class that has no more to say than
/// <c>class MyClientTests(MyHarness harness) : ClientContract&lt;MyHarness&gt;(harness), IClassFixture&lt;MyHarness&gt;;</c>.
/// It <see cref="IOffersTransports">says</see> which transports there are.
/// </remarks>
public abstract class ClientHarness : IAsyncLifetime
{
    /// <summary>The edges' addresses, one or more.</summary>
    public abstract IReadOnlyList<Uri> Edges { get; }

    /// <summary>The same edges' addresses behind TLS, in the same order; empty where that is not offered.</summary>
    public virtual IReadOnlyList<Uri> SecureEdges => [];

    /// <summary>Starts backplane and edges.</summary>
    public abstract Task InitializeAsync();

    /// <summary>Stops everything.</summary>
    public abstract Task DisposeAsync();

    /// <summary>The edges as a client finds them that comes in at one of them.</summary>
    /// <param name="first">Which; beyond the last it begins with the first one again.</param>
    public ClientRoute From(int first) => new(Edges, SecureEdges, first);
}
