using Switchboard.Core.Identifiers;
using Switchboard.Core.Users;

namespace Switchboard.Grains.Serialization;

/// <summary>How <see cref="UserConnectionState"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.user-connection-state")]
internal struct UserConnectionStateSurrogate
{
    [Id(0)]
    public ConnectionId Connection;

    [Id(1)]
    public EdgeId? Edge;

    [Id(2)]
    public long Attachment;
}
