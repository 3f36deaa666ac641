using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="NodeView"/>.</summary>
[RegisterConverter]
internal sealed class NodeViewConverter : IConverter<NodeView, NodeViewSurrogate>
{
    public NodeView ConvertFromSurrogate(in NodeViewSurrogate surrogate) =>
        new(
            surrogate.Node,
            surrogate.Kind,
            surrogate.Name,
            surrogate.Address,
            surrogate.Version,
            surrogate.Started,
            surrogate.State,
            surrogate.CanDrain,
            surrogate.Figures);

    public NodeViewSurrogate ConvertToSurrogate(in NodeView value) =>
        new()
        {
            Node = value.Node,
            Kind = value.Kind,
            Name = value.Name,
            Address = value.Address,
            Version = value.Version,
            Started = value.Started,
            State = value.State,
            CanDrain = value.CanDrain,
            Figures = value.Figures,
        };
}
