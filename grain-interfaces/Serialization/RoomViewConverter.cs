using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="RoomView"/>.</summary>
[RegisterConverter]
internal sealed class RoomViewConverter : IConverter<RoomView, RoomViewSurrogate>
{
    public RoomView ConvertFromSurrogate(in RoomViewSurrogate surrogate) =>
        new(
            surrogate.Status,
            surrogate.Head,
            surrogate.Mode,
            surrogate.Version,
            surrogate.Count,
            surrogate.Members,
            surrogate.More);

    public RoomViewSurrogate ConvertToSurrogate(in RoomView value) =>
        new()
        {
            Status = value.Status,
            Head = value.Head,
            Mode = value.Mode,
            Version = value.Version,
            Count = value.Count,
            Members = [.. value.Members],
            More = value.More,
        };
}
