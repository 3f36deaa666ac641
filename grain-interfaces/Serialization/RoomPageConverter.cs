using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="RoomPage"/>.</summary>
[RegisterConverter]
internal sealed class RoomPageConverter : IConverter<RoomPage, RoomPageSurrogate>
{
    public RoomPage ConvertFromSurrogate(in RoomPageSurrogate surrogate) =>
        new(
            surrogate.Status,
            surrogate.Rooms,
            surrogate.More,
            surrogate.IsComplete);

    public RoomPageSurrogate ConvertToSurrogate(in RoomPage value) =>
        new()
        {
            Status = value.Status,
            Rooms = [.. value.Rooms],
            More = value.More,
            IsComplete = value.IsComplete,
        };
}
