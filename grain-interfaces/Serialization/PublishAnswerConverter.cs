using Switchboard.GrainInterfaces.Packing;
using Switchboard.GrainInterfaces.Rooms;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="PublishAnswer"/>.</summary>
[RegisterConverter]
internal sealed class PublishAnswerConverter : IConverter<PublishAnswer, PublishAnswerSurrogate>
{
    public PublishAnswer ConvertFromSurrogate(in PublishAnswerSurrogate surrogate) =>
        new() { Results = PackedResults.Unpack(surrogate.Results), Inbox = surrogate.Inbox };

    public PublishAnswerSurrogate ConvertToSurrogate(in PublishAnswer value) =>
        new() { Results = PackedResults.Pack(value.Results), Inbox = value.Inbox };
}
