using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="RoomSummary"/>.</summary>
[RegisterConverter]
internal sealed class RoomSummaryConverter : IConverter<RoomSummary, RoomSummarySurrogate>
{
    public RoomSummary ConvertFromSurrogate(in RoomSummarySurrogate surrogate) =>
        new(
            surrogate.Room,
            surrogate.Members);

    public RoomSummarySurrogate ConvertToSurrogate(in RoomSummary value) =>
        new()
        {
            Room = value.Room,
            Members = value.Members,
        };
}
