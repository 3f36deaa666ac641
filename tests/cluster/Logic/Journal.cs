using System.Collections.Concurrent;

namespace Switchboard.Cluster.Tests.Logic;

/// <summary>What the logics of all rooms have lived through, in order; it outlives the silos.</summary>
internal sealed class Journal
{
    private readonly ConcurrentQueue<(Guid Activation, string What)> _lines = new();

    public string[] All => [.. _lines.Select(static line => line.What)];

    /// <summary>The same, by the activation that lived through it.</summary>
    public string[][] ByActivation => [.. _lines.GroupBy(static line => line.Activation).Select(static lines => lines.Select(line => line.What).ToArray())];

    public void Write(Guid activation, string what) => _lines.Enqueue((activation, what));
}
