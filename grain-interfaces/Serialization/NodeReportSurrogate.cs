using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="NodeReport"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.node-report")]
internal struct NodeReportSurrogate
{
    [Id(0)]
    public string Address;

    [Id(1)]
    public string Version;

    [Id(2)]
    public long Started;

    [Id(3)]
    public bool IsDraining;

    [Id(4)]
    public NodeFigures Figures;
}
