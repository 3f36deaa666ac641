using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>Converts <see cref="ResumeResult"/>.</summary>
[RegisterConverter]
internal sealed class ResumeResultConverter : IConverter<ResumeResult, ResumeResultSurrogate>
{
    public ResumeResult ConvertFromSurrogate(in ResumeResultSurrogate surrogate) =>
        new(surrogate.Status, surrogate.Connection, surrogate.Attachment, RoomsOf(surrogate), surrogate.User, surrogate.Own);

    public ResumeResultSurrogate ConvertToSurrogate(in ResumeResult value) =>
        new()
        {
            Status = value.Status,
            Connection = value.Connection,
            Attachment = value.Attachment,
            Rooms = [.. value.Rooms.Select(static joined => joined.Room)],
            User = value.User,
            Own = value.Own,
            Watches = [.. value.Rooms.Select(static joined => joined.Watches)],
        };

    private static RoomMembership[] RoomsOf(ResumeResultSurrogate surrogate) =>
        [.. (surrogate.Rooms ?? []).Zip(surrogate.Watches ?? [], static (room, watches) => new RoomMembership(room, watches))];
}
