using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="UserName"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.user-name")]
internal struct UserNameSurrogate
{
    [Id(0)]
    public string? Value;
}
