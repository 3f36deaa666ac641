using Switchboard.Core.Storage;

namespace Switchboard.Grains.Serialization;

/// <summary>Converts <see cref="StoredFeed"/>.</summary>
[RegisterConverter]
internal sealed class StoredFeedConverter : IConverter<StoredFeed, StoredFeedSurrogate>
{
    public StoredFeed ConvertFromSurrogate(in StoredFeedSurrogate surrogate) => new(
        surrogate.Epoch,
        surrogate.Head,
        surrogate.Floor,
        surrogate.Entries,
        surrogate.Keys);

    public StoredFeedSurrogate ConvertToSurrogate(in StoredFeed value) => new()
    {
        Epoch = value.Epoch,
        Head = value.Head,
        Floor = value.Floor,
        Entries = [.. value.Entries],
        Keys = [.. value.Keys],
    };
}
