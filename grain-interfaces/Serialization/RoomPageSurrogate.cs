using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="RoomPage"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.room-page")]
internal struct RoomPageSurrogate
{
    [Id(0)]
    public BackplaneStatus Status;

    [Id(1)]
    public RoomSummary[] Rooms;

    [Id(2)]
    public bool More;

    [Id(3)]
    public bool IsComplete;
}
