using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="RoomSummary"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.room-summary")]
internal struct RoomSummarySurrogate
{
    [Id(0)]
    public RoomName Room;

    [Id(1)]
    public int Members;
}
