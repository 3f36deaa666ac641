using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="HistoryQuery"/>.</summary>
[RegisterConverter]
internal sealed class HistoryQueryConverter : IConverter<HistoryQuery, HistoryQuerySurrogate>
{
    public HistoryQuery ConvertFromSurrogate(in HistoryQuerySurrogate surrogate) =>
        new(surrogate.From, surrogate.Backward, surrogate.Limit);

    public HistoryQuerySurrogate ConvertToSurrogate(in HistoryQuery value) =>
        new() { From = value.From, Backward = value.Backward, Limit = value.Limit };
}
