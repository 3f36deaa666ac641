using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="RoomName"/>.</summary>
[RegisterConverter]
internal sealed class RoomNameConverter : IConverter<RoomName, RoomNameSurrogate>
{
    public RoomName ConvertFromSurrogate(in RoomNameSurrogate surrogate) =>
        surrogate.Value is null ? default : new RoomName(surrogate.Value);

    public RoomNameSurrogate ConvertToSurrogate(in RoomName value) =>
        new() { Value = value.Value };
}
