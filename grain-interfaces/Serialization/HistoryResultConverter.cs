using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="HistoryResult"/>.</summary>
[RegisterConverter]
internal sealed class HistoryResultConverter : IConverter<HistoryResult, HistoryResultSurrogate>
{
    public HistoryResult ConvertFromSurrogate(in HistoryResultSurrogate surrogate) =>
        new(surrogate.Status, surrogate.Head, surrogate.Entries ?? [], surrogate.More);

    public HistoryResultSurrogate ConvertToSurrogate(in HistoryResult value) =>
        new()
        {
            Status = value.Status,
            Head = value.Head,
            Entries = [.. value.Entries ?? []],
            More = value.More,
        };
}
