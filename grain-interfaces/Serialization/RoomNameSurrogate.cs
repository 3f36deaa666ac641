using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="RoomName"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.room-name")]
internal struct RoomNameSurrogate
{
    [Id(0)]
    public string? Value;
}
