using Switchboard.Core.Feeds;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="Epoch"/>.</summary>
[RegisterConverter]
internal sealed class EpochConverter : IConverter<Epoch, EpochSurrogate>
{
    public Epoch ConvertFromSurrogate(in EpochSurrogate surrogate) =>
        new(surrogate.Value);

    public EpochSurrogate ConvertToSurrogate(in Epoch value) =>
        new() { Value = value.Value };
}
