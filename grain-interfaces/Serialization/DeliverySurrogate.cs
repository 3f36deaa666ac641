using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms;
using Switchboard.GrainInterfaces.Edges;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="Delivery"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.delivery")]
internal struct DeliverySurrogate
{
    [Id(0)]
    public FeedId Feed;

    [Id(1)]
    public ulong Epoch;

    [Id(2)]
    public long After;

    [Id(3)]
    public long Through;

    [Id(4)]
    public Position? Lost;

    [Id(5)]
    public PresenceChange[]? Presence;

    [Id(6)]
    public byte[] Entries;

    [Id(7)]
    public string? Trace;
}
