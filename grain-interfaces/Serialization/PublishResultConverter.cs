using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="PublishResult"/>.</summary>
[RegisterConverter]
internal sealed class PublishResultConverter : IConverter<PublishResult, PublishResultSurrogate>
{
    public PublishResult ConvertFromSurrogate(in PublishResultSurrogate surrogate) =>
        new(surrogate.Status, surrogate.Position, surrogate.Duplicate);

    public PublishResultSurrogate ConvertToSurrogate(in PublishResult value) =>
        new() { Status = value.Status, Position = value.Position, Duplicate = value.Duplicate };
}
