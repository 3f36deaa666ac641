namespace Switchboard.Contract.Harness;

/// <summary>
/// A backplane that runs, configured by <see cref="ContractOptions"/>, and the edges that are attached to it. One
/// serves many tests: each names its own rooms and users.
/// </summary>
/// <remarks>
/// A backplane is held to the contract by a harness, and by one class for each part of it that has no more to say than
/// <c>class MyOpenTests(MyHarness harness) : OpenContract(harness), IClassFixture&lt;MyHarness&gt;;</c>, or with a
/// collection where the harness is dear to start.
/// </remarks>
public abstract class BackplaneHarness : IAsyncLifetime
{
    /// <summary>How many edges there are: 1 where a backplane has only one.</summary>
    public abstract int EdgeCount { get; }

    /// <summary>Whether rooms of the kind <see cref="ContractOptions.Durable"/> are durable.</summary>
    public virtual bool HasStore => false;

    /// <summary>One of the edges; beyond the last it begins with the first one again.</summary>
    public TestEdge Edge(int index) => EdgeAt(index % EdgeCount);

    /// <summary>Starts the backplane and attaches the edges.</summary>
    public abstract Task InitializeAsync();

    /// <summary>Stops everything.</summary>
    public abstract Task DisposeAsync();

    /// <summary>The edge with this number, 0 to <see cref="EdgeCount"/> - 1.</summary>
    protected abstract TestEdge EdgeAt(int index);
}
