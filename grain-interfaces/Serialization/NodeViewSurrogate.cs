using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="NodeView"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.node-view")]
internal struct NodeViewSurrogate
{
    [Id(0)]
    public string Node;

    [Id(1)]
    public NodeKind Kind;

    [Id(2)]
    public string Name;

    [Id(3)]
    public string Address;

    [Id(4)]
    public string Version;

    [Id(5)]
    public long Started;

    [Id(6)]
    public NodeState State;

    [Id(7)]
    public bool CanDrain;

    [Id(8)]
    public NodeFigures? Figures;
}
