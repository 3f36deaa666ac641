using Switchboard.Core.Backplane;
using Switchboard.Core.Rooms;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="PresenceResult"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.presence-result")]
internal struct PresenceResultSurrogate
{
    [Id(0)]
    public BackplaneStatus Status;

    [Id(1)]
    public PresenceSnapshot? Presence;
}
