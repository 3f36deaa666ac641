using Switchboard.Core.Rooms;

namespace Switchboard.Grains.Serialization;

/// <summary>Converts <see cref="RoomMemberState"/>.</summary>
[RegisterConverter]
internal sealed class RoomMemberStateConverter : IConverter<RoomMemberState, RoomMemberStateSurrogate>
{
    public RoomMemberState ConvertFromSurrogate(in RoomMemberStateSurrogate surrogate) => new(
        surrogate.User,
        surrogate.Connection,
        surrogate.State,
        surrogate.Edge,
        surrogate.Attachment,
        surrogate.Watches,
        surrogate.JoinNumber);

    public RoomMemberStateSurrogate ConvertToSurrogate(in RoomMemberState value) => new()
    {
        User = value.User,
        Connection = value.Connection,
        State = value.State,
        Edge = value.Edge,
        Attachment = value.Attachment,
        Watches = value.Watches,
        JoinNumber = value.JoinNumber,
    };
}
