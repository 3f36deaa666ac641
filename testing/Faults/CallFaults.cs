using System.Collections.Immutable;

namespace Switchboard.Testing.Faults;

/// <summary>
/// What goes wrong with calls between silos, and between silos and edges: calls to grains, and deliveries to edges.
/// Nothing at first. Safe for concurrent use.
/// </summary>
public sealed class CallFaults
{
    private ImmutableArray<FaultRule> _rules = [];
    private int _dropped;
    private int _delayed;

    internal CallFaults()
    {
    }

    /// <summary>How many calls were dropped.</summary>
    public int DroppedCount => Volatile.Read(ref _dropped);

    /// <summary>How many calls were held up.</summary>
    public int DelayedCount => Volatile.Read(ref _delayed);

    /// <summary>
    /// Drops calls at random: of half of them the request is lost, of the other half the answer. The caller sees a
    /// <see cref="TimeoutException"/>, and sees it at once.
    /// </summary>
    /// <typeparam name="TInterface">The interface that is called, of a grain or <c>IEdgeSink</c>.</typeparam>
    /// <param name="probability">0 to 1.</param>
    /// <param name="seed">The same seed drops the same calls, where they come in the same order.</param>
    /// <param name="method">Only calls of this method; null for all.</param>
    /// <param name="from">Only calls that this edge makes; null for all callers.</param>
    /// <returns>Disposed of, it drops nothing any more.</returns>
    public IDisposable Drop<TInterface>(double probability, int seed, string? method = null, ClusterEdge? from = null) =>
        Add(new FaultRule(this, typeof(TInterface), method, from, seed, probability, TimeSpan.Zero));

    /// <summary>Holds calls up, each for its own time, so that they overtake each other.</summary>
    /// <typeparam name="TInterface">The interface that is called, of a grain or <c>IEdgeSink</c>.</typeparam>
    /// <param name="longest">The longest time; each call takes up to that, at random.</param>
    /// <param name="seed">The same seed gives the same times, where calls come in the same order.</param>
    /// <param name="method">Only calls of this method; null for all.</param>
    /// <param name="from">Only calls that this edge makes; null for all callers.</param>
    /// <returns>Disposed of, it holds nothing up any more.</returns>
    public IDisposable Delay<TInterface>(TimeSpan longest, int seed, string? method = null, ClusterEdge? from = null) =>
        Add(new FaultRule(this, typeof(TInterface), method, from, seed, 0, longest));

    /// <summary>From now on, nothing goes wrong any more.</summary>
    public void Clear() => ImmutableInterlocked.Update(ref _rules, static _ => []);

    internal void Remove(FaultRule rule) => ImmutableInterlocked.Update(ref _rules, rules => rules.Remove(rule));

    /// <summary>Decides what becomes of a call.</summary>
    internal CallFate Decide(Type called, string method, ClusterEdge? from)
    {
        CallFate fate = default;
        foreach (FaultRule rule in _rules)
        {
            if (rule.Matches(called, method, from))
            {
                fate = fate.And(rule.Decide());
            }
        }

        if (fate.IsDropped)
        {
            Interlocked.Increment(ref _dropped);
        }

        if (fate.Delay > TimeSpan.Zero)
        {
            Interlocked.Increment(ref _delayed);
        }

        return fate;
    }

    private FaultRule Add(FaultRule rule)
    {
        ImmutableInterlocked.Update(ref _rules, rules => rules.Add(rule));
        return rule;
    }
}
