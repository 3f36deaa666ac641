using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="UserView"/>.</summary>
[RegisterConverter]
internal sealed class UserViewConverter : IConverter<UserView, UserViewSurrogate>
{
    public UserView ConvertFromSurrogate(in UserViewSurrogate surrogate) =>
        new(
            surrogate.Status,
            surrogate.Count,
            surrogate.Connections,
            surrogate.More,
            surrogate.Ban);

    public UserViewSurrogate ConvertToSurrogate(in UserView value) =>
        new()
        {
            Status = value.Status,
            Count = value.Count,
            Connections = [.. value.Connections],
            More = value.More,
            Ban = value.Ban,
        };
}
