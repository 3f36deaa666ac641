using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.Grains.Serialization;

/// <summary>How <see cref="EdgeSeen"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.edge-seen")]
internal struct EdgeSeenSurrogate
{
    [Id(0)]
    public EdgeId Edge;

    [Id(1)]
    public long Offset;
}
