using Switchboard.Core.Feeds;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="FeedId"/>.</summary>
[RegisterConverter]
internal sealed class FeedIdConverter : IConverter<FeedId, FeedIdSurrogate>
{
    public FeedId ConvertFromSurrogate(in FeedIdSurrogate surrogate) =>
        new(surrogate.Kind, surrogate.Owner);

    public FeedIdSurrogate ConvertToSurrogate(in FeedId value) =>
        new() { Kind = value.Kind, Owner = value.Owner };
}
