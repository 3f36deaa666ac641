namespace Switchboard.Testing.Faults;

/// <summary>What goes wrong with the calls of one kind.</summary>
internal sealed class FaultRule(
    CallFaults owner, Type called, string? method, ClusterEdge? from, int seed, double probability, TimeSpan longest)
    : IDisposable
{
    private readonly Lock _lock = new();

#pragma warning disable CA5394 // Which calls fail is to be the same every time, not to be unforeseeable.
    private readonly Random _random = new(seed);

    public bool Matches(Type type, string name, ClusterEdge? caller) =>
        type == called && (method is null || name == method) && (from is null || caller == from);

    public CallFate Decide()
    {
        lock (_lock)
        {
            bool isDropped = _random.NextDouble() < probability;
            bool isMade = isDropped && _random.Next(2) == 0;
            return new CallFate(isDropped && !isMade, isMade, longest * _random.NextDouble());
        }
    }
#pragma warning restore CA5394

    public void Dispose() => owner.Remove(this);
}
