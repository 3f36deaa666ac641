using Switchboard.Core.Feeds;
using Switchboard.Core.Storage;
using Switchboard.Core.Users;

namespace Switchboard.Grains.Serialization;

/// <summary>How <see cref="UserState"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.user-state")]
internal struct UserStateSurrogate
{
    [Id(0)]
    public StoredFeed Feed;

    [Id(1)]
    public UserConnectionState[] Connections;

    [Id(2)]
    public EdgeSeen[] Seen;
}
