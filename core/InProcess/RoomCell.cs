using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms;
using Switchboard.Core.Storage;

namespace Switchboard.Core.InProcess;

/// <summary>A room with its lock and its pump, and what commits it where it is durable.</summary>
internal sealed class RoomCell : FeedCell
{
    public RoomCell(Room room, Fanout fanout)
        : base(fanout) => Room = room;

    public RoomCell(Room room, Fanout fanout, FeedOptions retention, IFeedStore store, TimeProvider time)
        : this(room, fanout) => Commits = new CommitLoop(room, retention, store, time, this, OnCommitted);

    public Room Room { get; }

    /// <summary>Null where the room is not durable.</summary>
    public CommitLoop? Commits { get; }

    public override FeedOwner Owner => Room;

    // What a commit has brought is delivered.
    private void OnCommitted()
    {
        bool pump;
        lock (this)
        {
            pump = Settle();
        }

        if (pump)
        {
            StartPump();
        }
    }
}
