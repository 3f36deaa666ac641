using Switchboard.GrainInterfaces.Packing;
using Switchboard.GrainInterfaces.Rooms;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="PublishBatch"/>.</summary>
[RegisterConverter]
internal sealed class PublishBatchConverter : IConverter<PublishBatch, PublishBatchSurrogate>
{
    public PublishBatch ConvertFromSurrogate(in PublishBatchSurrogate surrogate) =>
        new()
        {
            Publications = PackedPublications.Unpack(surrogate.Publications),
            Trace = surrogate.Trace,
            Traced = surrogate.Traced,
        };

    public PublishBatchSurrogate ConvertToSurrogate(in PublishBatch value) =>
        new() { Publications = PackedPublications.Pack(value.Publications), Trace = value.Trace, Traced = value.Traced };
}
