using Switchboard.Core.Rooms;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="PresenceSnapshot"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.presence")]
internal struct PresenceSnapshotSurrogate
{
    [Id(0)]
    public PresenceMode Mode;

    [Id(1)]
    public long Version;

    [Id(2)]
    public int Count;

    [Id(3)]
    public PresenceMember[] Members;
}
