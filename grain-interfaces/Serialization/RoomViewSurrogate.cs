using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="RoomView"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.room-view")]
internal struct RoomViewSurrogate
{
    [Id(0)]
    public BackplaneStatus Status;

    [Id(1)]
    public Position Head;

    [Id(2)]
    public PresenceMode Mode;

    [Id(3)]
    public long Version;

    [Id(4)]
    public int Count;

    [Id(5)]
    public PresenceMember[] Members;

    [Id(6)]
    public bool More;
}
