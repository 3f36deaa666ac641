using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="ConnectionPage"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.connection-page")]
internal struct ConnectionPageSurrogate
{
    [Id(0)]
    public BackplaneStatus Status;

    [Id(1)]
    public NodeConnection[] Connections;

    [Id(2)]
    public bool More;
}
