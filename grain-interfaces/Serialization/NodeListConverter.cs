using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="NodeList"/>.</summary>
[RegisterConverter]
internal sealed class NodeListConverter : IConverter<NodeList, NodeListSurrogate>
{
    public NodeList ConvertFromSurrogate(in NodeListSurrogate surrogate) =>
        new(
            surrogate.Status,
            surrogate.Nodes,
            surrogate.IsComplete);

    public NodeListSurrogate ConvertToSurrogate(in NodeList value) =>
        new()
        {
            Status = value.Status,
            Nodes = [.. value.Nodes],
            IsComplete = value.IsComplete,
        };
}
