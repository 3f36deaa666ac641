using Orleans;

namespace Switchboard.Testing.Faults;

/// <summary>Has the calls of one silo or edge go wrong. A call that is dropped looks to the caller as one that timed out.</summary>
/// <param name="faults">What goes wrong.</param>
/// <param name="edge">The edge that calls; null for a silo.</param>
internal sealed class FaultFilter(CallFaults faults, ClusterEdge? edge) : IOutgoingGrainCallFilter
{
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        string method = context.Request.GetMethodName();
        CallFate fate = faults.Decide(context.Request.GetInterfaceType(), method, edge);
        if (fate.Delay > TimeSpan.Zero)
        {
            await Task.Delay(fate.Delay);
        }

        if (!fate.LosesRequest)
        {
            await context.Invoke();
        }

        if (fate.IsDropped)
        {
            throw new TimeoutException($"The test dropped a call of {method}.");
        }
    }
}
