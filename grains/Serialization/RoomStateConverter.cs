using Switchboard.Core.Rooms;

namespace Switchboard.Grains.Serialization;

/// <summary>Converts <see cref="RoomState"/>.</summary>
[RegisterConverter]
internal sealed class RoomStateConverter : IConverter<RoomState, RoomStateSurrogate>
{
    public RoomState ConvertFromSurrogate(in RoomStateSurrogate surrogate) => new(
        surrogate.Feed,
        surrogate.Members,
        surrogate.PresenceVersion,
        surrogate.EmptySince,
        surrogate.Seen);

    public RoomStateSurrogate ConvertToSurrogate(in RoomState value) => new()
    {
        Feed = value.Feed,
        Members = [.. value.Members],
        PresenceVersion = value.PresenceVersion,
        EmptySince = value.EmptySince,
        Seen = [.. value.Seen],
    };
}
