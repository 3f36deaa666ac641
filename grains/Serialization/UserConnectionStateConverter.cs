using Switchboard.Core.Users;

namespace Switchboard.Grains.Serialization;

/// <summary>Converts <see cref="UserConnectionState"/>.</summary>
[RegisterConverter]
internal sealed class UserConnectionStateConverter : IConverter<UserConnectionState, UserConnectionStateSurrogate>
{
    public UserConnectionState ConvertFromSurrogate(in UserConnectionStateSurrogate surrogate) => new(
        surrogate.Connection,
        surrogate.Edge,
        surrogate.Attachment);

    public UserConnectionStateSurrogate ConvertToSurrogate(in UserConnectionState value) => new()
    {
        Connection = value.Connection,
        Edge = value.Edge,
        Attachment = value.Attachment,
    };
}
