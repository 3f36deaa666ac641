using Switchboard.Core.Storage;

namespace Switchboard.Grains.Serialization;

/// <summary>How <see cref="StoredKey"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.stored-key")]
internal struct StoredKeySurrogate
{
    [Id(0)]
    public string? User;

    [Id(1)]
    public string Key;

    [Id(2)]
    public long Offset;

    [Id(3)]
    public long Timestamp;
}
