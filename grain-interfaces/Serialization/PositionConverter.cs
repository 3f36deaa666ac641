using Switchboard.Core.Feeds;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="Position"/>.</summary>
[RegisterConverter]
internal sealed class PositionConverter : IConverter<Position, PositionSurrogate>
{
    public Position ConvertFromSurrogate(in PositionSurrogate surrogate) =>
        new(new Epoch(surrogate.Epoch), surrogate.Offset);

    public PositionSurrogate ConvertToSurrogate(in Position value) =>
        new() { Epoch = value.Epoch.Value, Offset = value.Offset };
}
