using Switchboard.Core.Connections;

namespace Switchboard.Grains.Serialization;

/// <summary>Converts <see cref="ConnectionState"/>.</summary>
[RegisterConverter]
internal sealed class ConnectionStateConverter : IConverter<ConnectionState, ConnectionStateSurrogate>
{
    public ConnectionState ConvertFromSurrogate(in ConnectionStateSurrogate surrogate) => new(
        surrogate.User,
        surrogate.Token,
        surrogate.Edge,
        surrogate.Attachment,
        surrogate.DetachedAt,
        surrogate.Rooms,
        surrogate.Feed,
        surrogate.Seen,
        surrogate.Turn,
        surrogate.JoinNumber);

    public ConnectionStateSurrogate ConvertToSurrogate(in ConnectionState value) => new()
    {
        User = value.User,
        Token = value.Token,
        Edge = value.Edge,
        Attachment = value.Attachment,
        DetachedAt = value.DetachedAt,
        Rooms = [.. value.Rooms],
        Feed = value.Feed,
        Seen = value.Seen,
        Turn = value.Turn,
        JoinNumber = value.JoinNumber,
    };
}
