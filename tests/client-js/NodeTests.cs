using Switchboard.ClientJs.Tests.Testing;

namespace Switchboard.ClientJs.Tests;

/// <summary>The tests of the JavaScript client that run in Node, each as one result here: they run once, together.</summary>
public sealed class NodeTests(NodeRun run) : IClassFixture<NodeRun>
{
    public static TheoryData<string> Names()
    {
        TheoryData<string> names = [];
        foreach (string name in ClientFolder.TestNames())
        {
            names.Add(name);
        }

        return names;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Node_Runs_AndPasses(string name)
    {
        Assert.True(run.Results.TryGetValue(name, out string? failure), $"it did not run: {run.Output}");
        Assert.True(failure is null, failure);
    }

    [Fact]
    public void Node_RunsNothing_ThatIsNotCountedHere() =>
        Assert.Equal(ClientFolder.TestNames().Order(StringComparer.Ordinal), run.Results.Keys.Order(StringComparer.Ordinal));
}
