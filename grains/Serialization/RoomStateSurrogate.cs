using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms;
using Switchboard.Core.Storage;

namespace Switchboard.Grains.Serialization;

/// <summary>How <see cref="RoomState"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.room-state")]
internal struct RoomStateSurrogate
{
    [Id(0)]
    public StoredFeed Feed;

    [Id(1)]
    public RoomMemberState[] Members;

    [Id(2)]
    public long PresenceVersion;

    [Id(3)]
    public long EmptySince;

    [Id(4)]
    public EdgeSeen[] Seen;
}
