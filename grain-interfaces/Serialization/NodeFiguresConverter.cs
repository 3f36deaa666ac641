using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="NodeFigures"/>.</summary>
[RegisterConverter]
internal sealed class NodeFiguresConverter : IConverter<NodeFigures, NodeFiguresSurrogate>
{
    public NodeFigures ConvertFromSurrogate(in NodeFiguresSurrogate surrogate) =>
        new()
        {
            Connections = surrogate.Connections,
            Rooms = surrogate.Rooms,
            Activations = surrogate.Activations,
            Received = surrogate.Received,
            Sent = surrogate.Sent,
            Dropped = surrogate.Dropped,
            Lost = surrogate.Lost,
            Refused = surrogate.Refused,
            Memory = surrogate.Memory,
            Cpu = surrogate.Cpu,
        };

    public NodeFiguresSurrogate ConvertToSurrogate(in NodeFigures value) =>
        new()
        {
            Connections = value.Connections,
            Rooms = value.Rooms,
            Activations = value.Activations,
            Received = value.Received,
            Sent = value.Sent,
            Dropped = value.Dropped,
            Lost = value.Lost,
            Refused = value.Refused,
            Memory = value.Memory,
            Cpu = value.Cpu,
        };
}
