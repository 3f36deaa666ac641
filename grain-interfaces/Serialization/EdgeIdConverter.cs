using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="EdgeId"/>.</summary>
[RegisterConverter]
internal sealed class EdgeIdConverter : IConverter<EdgeId, EdgeIdSurrogate>
{
    public EdgeId ConvertFromSurrogate(in EdgeIdSurrogate surrogate) =>
        surrogate.Value is null ? default : new EdgeId(surrogate.Value);

    public EdgeIdSurrogate ConvertToSurrogate(in EdgeId value) =>
        new() { Value = value.Value };
}
