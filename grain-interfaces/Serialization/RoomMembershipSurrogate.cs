using Switchboard.Core.Connections;
using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="RoomMembership"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.room-membership")]
internal struct RoomMembershipSurrogate
{
    [Id(0)]
    public RoomName Room;

    [Id(1)]
    public bool Watches;
}
