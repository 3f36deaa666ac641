using Switchboard.GrainInterfaces.Rooms;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="PublishBatch"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.publish")]
internal struct PublishBatchSurrogate
{
    [Id(0)]
    public byte[] Publications;

    [Id(1)]
    public string? Trace;

    [Id(2)]
    public int Traced;
}
