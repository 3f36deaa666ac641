using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms;
using Switchboard.Core.Storage;

namespace Switchboard.Core.InProcess;

/// <summary>A room with its lock and its pump, and what commits it where it is durable.</summary>
internal sealed class RoomCell : FeedCell
{
    private readonly RoomOptions _options;
    private readonly IFeedStore? _store;
    private readonly TimeProvider _time;
    private Task _renewing = Task.CompletedTask;

    public RoomCell(
        Room room, RoomOptions options, Fanout fanout, IFeedStore? store, TimeProvider time, IBackplaneObserver? observer)
        : base(fanout)
    {
        Room = room;
        room.BackplaneObserver = observer;
        _options = options;
        _store = options.Durable ? store : null;
        _time = time;
        Commits = CommitsOf(room);
    }

    /// <summary>Another one once the store has lost the feed of the one before. Under the lock.</summary>
    public Room Room { get; private set; }

    /// <summary>Null where the room is not durable.</summary>
    public CommitLoop? Commits { get; private set; }

    public override FeedOwner Owner => Room;

    /// <summary>Completes when nothing is being committed or read.</summary>
    public async Task DrainAsync()
    {
        await (Commits?.Running ?? Task.CompletedTask);
        await _renewing;
    }

    private CommitLoop? CommitsOf(Room room) =>
        _store is null ? null : new CommitLoop(room, _options.Feed, _store, _time, this, OnCommitted);

    // What a commit has brought is delivered.
    private void OnCommitted()
    {
        bool pump;
        lock (this)
        {
            pump = Settle();
            if (Commits!.IsObsolete && _renewing.IsCompleted)
            {
                _renewing = RenewAsync(Room);
            }
        }

        if (pump)
        {
            StartPump();
        }
    }

    // Where the store can't be read now, the next publish finds the room obsolete again.
    private async Task RenewAsync(Room before)
    {
        LoadResult loaded = await _store!.LoadAsync(
            before.FeedId, new Epoch(before.Epoch.Value + 1), _options.Feed, after: 0, CancellationToken.None);
        if (loaded.Status != StoreStatus.Ok)
        {
            return;
        }

        bool pump;
        lock (this)
        {
            if (IsDropped)
            {
                return;
            }

            Room = Renew(before, loaded.Feed!);
            Commits = CommitsOf(Room);
            pump = Settle();
        }

        if (pump)
        {
            StartPump();
        }
    }

    // With the members that it had; the edge hears of the loss by the new epoch.
    private Room Renew(Room before, StoredFeed stored)
    {
        long now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var room = new Room(before.Name, _options, stored, now);
        foreach (RoomMemberState member in before.Save().Members)
        {
            room.Reattach(
                new MemberClaim(
                    member.Connection, member.User, Fanout.Edge, member.Attachment, member.Watches, member.State),
                before.Head,
                now);
            if (member.Edge is null)
            {
                room.Detach(member.Connection, member.Attachment);
            }
        }

        // Its members have never left, so nobody hears of them as of the first.
        room.BackplaneObserver = before.BackplaneObserver;
        return room;
    }
}
