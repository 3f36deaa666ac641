using Switchboard.Core.Backplane;
using Switchboard.Core.Rooms;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="JoinResult"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.join-result")]
internal struct JoinResultSurrogate
{
    [Id(0)]
    public BackplaneStatus Status;

    [Id(1)]
    public Recovery Feed;

    [Id(2)]
    public bool WantsPresence;

    [Id(3)]
    public PresenceSnapshot? Presence;
}
