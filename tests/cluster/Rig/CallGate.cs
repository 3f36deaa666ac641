using Orleans;

namespace Switchboard.Cluster.Tests.Rig;

/// <summary>Lets all calls of the silos pass, but for those that a test holds up.</summary>
internal sealed class CallGate : IOutgoingGrainCallFilter
{
    private volatile HeldCalls? _held;

    /// <summary>From now on, calls of a method wait until they are let go. One method at a time.</summary>
    public HeldCalls Hold<TInterface>(string method) => _held = new HeldCalls(typeof(TInterface), method);

    public Task Invoke(IOutgoingGrainCallContext context) =>
        _held is { } held && held.Matches(context.Request.GetInterfaceType(), context.Request.GetMethodName())
            ? held.PassAsync(context.Invoke)
            : context.Invoke();
}
