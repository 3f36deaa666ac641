using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="NodeConnection"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.node-connection")]
internal struct NodeConnectionSurrogate
{
    [Id(0)]
    public ConnectionId Connection;

    [Id(1)]
    public UserName User;
}
