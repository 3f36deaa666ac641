using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="NodeConnection"/>.</summary>
[RegisterConverter]
internal sealed class NodeConnectionConverter : IConverter<NodeConnection, NodeConnectionSurrogate>
{
    public NodeConnection ConvertFromSurrogate(in NodeConnectionSurrogate surrogate) =>
        new(
            surrogate.Connection,
            surrogate.User);

    public NodeConnectionSurrogate ConvertToSurrogate(in NodeConnection value) =>
        new()
        {
            Connection = value.Connection,
            User = value.User,
        };
}
