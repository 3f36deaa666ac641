using Switchboard.Core.Feeds;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="Position"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.position")]
internal struct PositionSurrogate
{
    [Id(0)]
    public ulong Epoch;

    [Id(1)]
    public long Offset;
}
