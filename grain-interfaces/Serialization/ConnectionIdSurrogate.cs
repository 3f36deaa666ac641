using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="ConnectionId"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.connection-id")]
internal struct ConnectionIdSurrogate
{
    [Id(0)]
    public string? Value;
}
