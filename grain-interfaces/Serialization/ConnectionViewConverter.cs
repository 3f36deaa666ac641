using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="ConnectionView"/>.</summary>
[RegisterConverter]
internal sealed class ConnectionViewConverter : IConverter<ConnectionView, ConnectionViewSurrogate>
{
    public ConnectionView ConvertFromSurrogate(in ConnectionViewSurrogate surrogate) =>
        new(surrogate.Status, surrogate.User.GetValueOrDefault(), surrogate.IsAttached, surrogate.Rooms) { Changing = surrogate.Changing ?? [] };

    public ConnectionViewSurrogate ConvertToSurrogate(in ConnectionView value) =>
        new()
        {
            Status = value.Status,
            User = value.User.Value is null ? null : value.User,
            IsAttached = value.IsAttached,
            Rooms = [.. value.Rooms],
            Changing = [.. value.Changing],
        };
}
