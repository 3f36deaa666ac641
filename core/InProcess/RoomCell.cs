using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms;

namespace Switchboard.Core.InProcess;

/// <summary>A room with its lock and its pump.</summary>
internal sealed class RoomCell(Room room, Fanout fanout) : FeedCell(fanout)
{
    public Room Room { get; } = room;

    public override FeedOwner Owner => Room;
}
