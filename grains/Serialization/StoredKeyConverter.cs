using Switchboard.Core.Storage;

namespace Switchboard.Grains.Serialization;

/// <summary>Converts <see cref="StoredKey"/>.</summary>
[RegisterConverter]
internal sealed class StoredKeyConverter : IConverter<StoredKey, StoredKeySurrogate>
{
    public StoredKey ConvertFromSurrogate(in StoredKeySurrogate surrogate) => new(
        surrogate.User,
        surrogate.Key,
        surrogate.Offset,
        surrogate.Timestamp);

    public StoredKeySurrogate ConvertToSurrogate(in StoredKey value) => new()
    {
        User = value.User,
        Key = value.Key,
        Offset = value.Offset,
        Timestamp = value.Timestamp,
    };
}
