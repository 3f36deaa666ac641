using Switchboard.Contract.Harness;
using Switchboard.Core.Identifiers;

namespace Switchboard.Contract;

/// <summary>What all parts of the contract share: edges, names that no other test uses, and the edges' rules.</summary>
/// <param name="harness">The backplane under test.</param>
public abstract class BackplaneContract(BackplaneHarness harness) : IAsyncLifetime
{
    private static int _names;

    /// <summary>An edge.</summary>
    protected TestEdge First => harness.Edge(0);

    /// <summary>Another edge, where there is one.</summary>
    protected TestEdge Second => harness.Edge(1);

    /// <summary>
    /// The kind of the rooms that a test leaves open; <see cref="ContractOptions.Durable"/> runs the same tests on
    /// durable rooms.
    /// </summary>
    protected virtual string Kind => "room";

    /// <summary>Nothing to prepare.</summary>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>Fails the test where the backplane broke the rules of the port to the edge meanwhile.</summary>
    public Task DisposeAsync()
    {
        for (int i = 0; i < harness.EdgeCount; i++)
        {
            Assert.Empty(harness.Edge(i).TakeViolations());
        }

        return Task.CompletedTask;
    }

    /// <summary>A room that no other test knows.</summary>
    protected RoomName NewRoom(string? kind = null) => new($"{kind ?? Kind}:{Interlocked.Increment(ref _names)}");

    /// <summary>A user that no other test knows.</summary>
    protected static UserName NewUser(string name = "user") => new($"{name}-{Interlocked.Increment(ref _names)}");

    /// <summary>A name of exactly as many bytes as are allowed, most of them not ASCII.</summary>
    protected static string LongestName(string start)
    {
        string name = $"{start}:{Interlocked.Increment(ref _names)}:";
        while (Name.MaxBytes - System.Text.Encoding.UTF8.GetByteCount(name) is >= 3 and var rest)
        {
            name += rest % 3 == 0 ? "界" : "é";
        }

        return name + new string('z', Name.MaxBytes - System.Text.Encoding.UTF8.GetByteCount(name));
    }

    /// <summary>Opens connections of different users, on the two edges in turn.</summary>
    protected async Task<TestConnection[]> OpenManyAsync(int count)
    {
        var connections = new TestConnection[count];
        for (int i = 0; i < count; i++)
        {
            connections[i] = await harness.Edge(i).OpenAsync(NewUser());
        }

        return connections;
    }
}
