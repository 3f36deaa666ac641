using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;

namespace Switchboard.Grains.Serialization;

/// <summary>How <see cref="RoomMemberState"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.room-member-state")]
internal struct RoomMemberStateSurrogate
{
    [Id(0)]
    public UserName User;

    [Id(1)]
    public ConnectionId Connection;

    [Id(2)]
    public ReadOnlyMemory<byte> State;

    [Id(3)]
    public EdgeId? Edge;

    [Id(4)]
    public long Attachment;

    [Id(5)]
    public bool Watches;

    [Id(6)]
    public long JoinNumber;
}
