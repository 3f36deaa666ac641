using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="ConnectionSummary"/>.</summary>
[RegisterConverter]
internal sealed class ConnectionSummaryConverter : IConverter<ConnectionSummary, ConnectionSummarySurrogate>
{
    public ConnectionSummary ConvertFromSurrogate(in ConnectionSummarySurrogate surrogate) =>
        new(
            surrogate.Connection,
            surrogate.IsAttached);

    public ConnectionSummarySurrogate ConvertToSurrogate(in ConnectionSummary value) =>
        new()
        {
            Connection = value.Connection,
            IsAttached = value.IsAttached,
        };
}
