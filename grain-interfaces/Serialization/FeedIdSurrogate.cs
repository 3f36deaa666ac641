using Switchboard.Core.Feeds;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="FeedId"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.feed-id")]
internal struct FeedIdSurrogate
{
    [Id(0)]
    public FeedKind Kind;

    [Id(1)]
    public string Owner;
}
