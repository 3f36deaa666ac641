using Switchboard.Core.Feeds;
using Switchboard.Core.Storage;

namespace Switchboard.Grains.Serialization;

/// <summary>How <see cref="StoredFeed"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.stored-feed")]
internal struct StoredFeedSurrogate
{
    [Id(0)]
    public Epoch Epoch;

    [Id(1)]
    public long Head;

    [Id(2)]
    public long Floor;

    [Id(3)]
    public FeedEntry[] Entries;

    [Id(4)]
    public StoredKey[] Keys;
}
