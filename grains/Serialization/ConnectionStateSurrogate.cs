using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Storage;

namespace Switchboard.Grains.Serialization;

/// <summary>How <see cref="ConnectionState"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.connection-state")]
internal struct ConnectionStateSurrogate
{
    [Id(0)]
    public UserName User;

    [Id(1)]
    public TokenHash Token;

    [Id(2)]
    public EdgeId? Edge;

    [Id(3)]
    public long Attachment;

    [Id(4)]
    public long DetachedAt;

    [Id(5)]
    public RoomMembership[] Rooms;

    [Id(6)]
    public StoredFeed Feed;

    [Id(7)]
    public Position? Seen;

    [Id(8)]
    public long Turn;

    [Id(9)]
    public long JoinNumber;
}
