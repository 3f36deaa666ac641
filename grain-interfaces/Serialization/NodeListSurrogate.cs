using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="NodeList"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.node-list")]
internal struct NodeListSurrogate
{
    [Id(0)]
    public BackplaneStatus Status;

    [Id(1)]
    public NodeView[] Nodes;

    [Id(2)]
    public bool IsComplete;
}
