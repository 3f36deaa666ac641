using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;
using Switchboard.Grains.Connections;
using Switchboard.GrainInterfaces.Connections;
using Switchboard.GrainInterfaces.Rooms;

namespace Switchboard.Grains.Rooms;

/// <summary>
/// Tells the next activation of a room of its members. No edge hears that the room came up anew, as none of the silos died; so the next
/// one hears of them from here.
/// </summary>
internal static class Handover
{
    public static void Begin(Room room, IGrainFactory grains, GrainServices services)
    {
        RoomName name = room.Name;
        Position seen = room.Head;
        RoomMemberState[] members = [.. room.Save().Members.Where(member => member.Edge is not null)];
        IRoomGrain next = grains.GetGrain<IRoomGrain>(name.Value);
        Task.Run(async () =>
        {
            foreach (RoomMemberState member in members)
            {
                await InsistAsync(services, () => next.ReattachAsync(MemberOf(member), seen).AsTask());
            }

            // Whoever left meanwhile may have done so before the next activation heard that it was a member.
            foreach (RoomMemberState member in members)
            {
                await InsistAsync(services, () => LeaveIfLeftAsync(name, member, next, grains, services));
            }
        }).Ignore();
    }

    private static async Task LeaveIfLeftAsync(
        RoomName room, RoomMemberState member, IRoomGrain next, IGrainFactory grains, GrainServices services)
    {
        ConnectionView view = await grains.GetGrain<IConnectionGrain>(member.Connection.Value).InspectAsync();
        if (view.Status == BackplaneStatus.NoSuchConnection && services.Deaths.Any)
        {
            throw new TimeoutException($"The edge of connection {member.Connection} has not claimed it yet.");
        }

        if (!view.Rooms.Contains(room) && !view.Changing.Contains(room))
        {
            await next.LeaveAsync(member.Connection, member.JoinNumber);
        }
    }

    private static Task InsistAsync(GrainServices services, Func<Task> call) =>
        Messenger.InsistAsync(services, call, static () => true);

    private static Member MemberOf(in RoomMemberState member) => new()
    {
        Connection = member.Connection,
        User = member.User,
        Edge = member.Edge!.Value,
        Attachment = member.Attachment,
        Watches = member.Watches,
        State = member.State,
        JoinNumber = member.JoinNumber,
    };
}
