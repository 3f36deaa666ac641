using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="PresenceMember"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.presence-member")]
internal struct PresenceMemberSurrogate
{
    [Id(0)]
    public UserName User;

    [Id(1)]
    public ConnectionId Connection;

    [Id(2)]
    public ReadOnlyMemory<byte> State;
}
