using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="ConnectionId"/>.</summary>
[RegisterConverter]
internal sealed class ConnectionIdConverter : IConverter<ConnectionId, ConnectionIdSurrogate>
{
    public ConnectionId ConvertFromSurrogate(in ConnectionIdSurrogate surrogate) =>
        surrogate.Value is null ? default : new ConnectionId(surrogate.Value);

    public ConnectionIdSurrogate ConvertToSurrogate(in ConnectionId value) =>
        new() { Value = value.Value };
}
