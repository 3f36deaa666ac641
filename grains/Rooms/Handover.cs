using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms;
using Switchboard.Grains.Connections;
using Switchboard.GrainInterfaces.Rooms;

namespace Switchboard.Grains.Rooms;

/// <summary>
/// Tells the next activation of a room of its members. No edge hears that the room came up anew, as none of the silos died; so the next
/// one hears of them from here.
/// </summary>
internal static class Handover
{
    public static void Begin(Room room, IRoomGrain next, GrainServices services)
    {
        Position seen = room.Head;
        RoomMemberState[] members = [.. room.Save().Members.Where(member => member.Edge is not null)];
        Task.Run(async () =>
        {
            foreach (RoomMemberState member in members)
            {
                await Messenger.InsistAsync(
                    services, () => next.ReattachAsync(MemberOf(member), seen).AsTask(), static () => true);
            }
        }).Ignore();
    }

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
