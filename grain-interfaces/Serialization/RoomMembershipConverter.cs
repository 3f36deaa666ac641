using Switchboard.Core.Connections;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="RoomMembership"/>.</summary>
[RegisterConverter]
internal sealed class RoomMembershipConverter : IConverter<RoomMembership, RoomMembershipSurrogate>
{
    public RoomMembership ConvertFromSurrogate(in RoomMembershipSurrogate surrogate) => new(
        surrogate.Room,
        surrogate.Watches);

    public RoomMembershipSurrogate ConvertToSurrogate(in RoomMembership value) => new()
    {
        Room = value.Room,
        Watches = value.Watches,
    };
}
