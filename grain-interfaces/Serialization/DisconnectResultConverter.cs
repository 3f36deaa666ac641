using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="DisconnectResult"/>.</summary>
[RegisterConverter]
internal sealed class DisconnectResultConverter : IConverter<DisconnectResult, DisconnectResultSurrogate>
{
    public DisconnectResult ConvertFromSurrogate(in DisconnectResultSurrogate surrogate) =>
        new(
            surrogate.Status,
            surrogate.Count);

    public DisconnectResultSurrogate ConvertToSurrogate(in DisconnectResult value) =>
        new()
        {
            Status = value.Status,
            Count = value.Count,
        };
}
