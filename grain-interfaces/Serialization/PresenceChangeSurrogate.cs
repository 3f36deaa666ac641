using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="PresenceChange"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.presence-change")]
internal struct PresenceChangeSurrogate
{
    [Id(0)]
    public PresenceMode Mode;

    [Id(1)]
    public long After;

    [Id(2)]
    public long Version;

    [Id(3)]
    public int Count;

    [Id(4)]
    public PresenceMember[] Joined;

    [Id(5)]
    public ConnectionId[] Left;

    [Id(6)]
    public PresenceMember[] Updated;
}
