using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="EdgeId"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.edge-id")]
internal struct EdgeIdSurrogate
{
    [Id(0)]
    public string? Value;
}
