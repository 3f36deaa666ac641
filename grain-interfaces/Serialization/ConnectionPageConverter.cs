using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="ConnectionPage"/>.</summary>
[RegisterConverter]
internal sealed class ConnectionPageConverter : IConverter<ConnectionPage, ConnectionPageSurrogate>
{
    public ConnectionPage ConvertFromSurrogate(in ConnectionPageSurrogate surrogate) =>
        new(
            surrogate.Status,
            surrogate.Connections,
            surrogate.More);

    public ConnectionPageSurrogate ConvertToSurrogate(in ConnectionPage value) =>
        new()
        {
            Status = value.Status,
            Connections = [.. value.Connections],
            More = value.More,
        };
}
