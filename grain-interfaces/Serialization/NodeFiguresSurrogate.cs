using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="NodeFigures"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.node-figures")]
internal struct NodeFiguresSurrogate
{
    [Id(0)]
    public long? Connections;

    [Id(1)]
    public long? Rooms;

    [Id(2)]
    public long? Activations;

    [Id(3)]
    public long? Received;

    [Id(4)]
    public long? Sent;

    [Id(5)]
    public long? Dropped;

    [Id(6)]
    public long? Lost;

    [Id(7)]
    public long? Refused;

    [Id(8)]
    public long Memory;

    [Id(9)]
    public TimeSpan Cpu;
}
