using Switchboard.Core.Users;

namespace Switchboard.Grains.Serialization;

/// <summary>Converts <see cref="UserState"/>.</summary>
[RegisterConverter]
internal sealed class UserStateConverter : IConverter<UserState, UserStateSurrogate>
{
    public UserState ConvertFromSurrogate(in UserStateSurrogate surrogate) => new(
        surrogate.Feed,
        surrogate.Connections,
        surrogate.Seen);

    public UserStateSurrogate ConvertToSurrogate(in UserState value) => new()
    {
        Feed = value.Feed,
        Connections = [.. value.Connections],
        Seen = [.. value.Seen],
    };
}
