using Switchboard.Core.Feeds;

namespace Switchboard.Grains.Serialization;

/// <summary>Converts <see cref="EdgeSeen"/>.</summary>
[RegisterConverter]
internal sealed class EdgeSeenConverter : IConverter<EdgeSeen, EdgeSeenSurrogate>
{
    public EdgeSeen ConvertFromSurrogate(in EdgeSeenSurrogate surrogate) => new(
        surrogate.Edge,
        surrogate.Offset);

    public EdgeSeenSurrogate ConvertToSurrogate(in EdgeSeen value) => new()
    {
        Edge = value.Edge,
        Offset = value.Offset,
    };
}
