using Switchboard.Core.Connections;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="TokenHash"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.token-hash")]
internal struct TokenHashSurrogate
{
    [Id(0)]
    public byte[] Hash;
}
