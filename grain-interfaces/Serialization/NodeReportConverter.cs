using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="NodeReport"/>.</summary>
[RegisterConverter]
internal sealed class NodeReportConverter : IConverter<NodeReport, NodeReportSurrogate>
{
    public NodeReport ConvertFromSurrogate(in NodeReportSurrogate surrogate) =>
        new(
            surrogate.Address,
            surrogate.Version,
            surrogate.Started,
            surrogate.IsDraining,
            surrogate.Figures);

    public NodeReportSurrogate ConvertToSurrogate(in NodeReport value) =>
        new()
        {
            Address = value.Address,
            Version = value.Version,
            Started = value.Started,
            IsDraining = value.IsDraining,
            Figures = value.Figures,
        };
}
