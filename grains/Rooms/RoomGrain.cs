using System.Diagnostics;
using Orleans.Concurrency;
using Orleans.Runtime;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;
using Switchboard.Core.Storage;
using Switchboard.Grains.Feeds;
using Switchboard.Grains.Rooms.Logic;
using Switchboard.Grains.Tracing;
using Switchboard.GrainInterfaces.Rooms;
using Switchboard.GrainInterfaces.Rooms.Logic;
using Switchboard.GrainInterfaces.Tracing;

namespace Switchboard.Grains.Rooms;

/// <summary>The shell of a room: a durable one is read before its first call is answered, and written by commits.</summary>
[Reentrant]
[KeepAlive]
[GrainType(GrainTypes.Room)]
internal sealed class RoomGrain(GrainServices services) : FeedGrain(services), IRoomGrain
{
    private const string StateKey = "switchboard.room";

    // As soon as a silo can be found dead.
    private static readonly TimeSpan LogicPulse = TimeSpan.FromSeconds(2);

    private Room? _room;
    private CommitLoop? _commits;
    private LogicPump? _logic;
    private Task<Room?>? _reading;
    private TaskScheduler? _turns;

    /// <summary>Whether what is done here from now on would not go along. Read and set in its turns.</summary>
    public bool IsLeaving { get; private set; }

    /// <summary>The room as it is listed; null while there is none. Any thread.</summary>
    public RoomSummary? Summary => _room is { } room ? new RoomSummary(room.Name, room.MemberCount) : null;

    protected override FeedKind Kind => FeedKind.Room;

    protected override FeedOwner? Owner => _room;

    private RoomOptions Options => Services.Options.Rooms.For(new RoomName(Key));

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Leave();
        await base.OnDeactivateAsync(reason, cancellationToken);
        if (_commits is not null)
        {
            await _commits.Running.WaitAsync(cancellationToken);
            if (_commits.IsObsolete)
            {
                Handover.Begin(_room!, GrainFactory, Services);
            }
        }
    }

    public async ValueTask<JoinResult> JoinAsync(JoinRequest request)
    {
        if (await RoomAsync() is not { } room)
        {
            return Unavailable;
        }

        if (request.Edge is { } edge)
        {
            Follow(edge);
        }

        JoinResult result = room.Join(
            new RoomJoin(
                request.Connection,
                request.User,
                request.Edge,
                request.Attachment,
                new JoinOptions(request.Position, request.Watches, request.State), request.JoinNumber),
            Services.Now());
        Settle();
        return result;
    }

    public async ValueTask<JoinResult> RejoinAsync(Member member, Position? position)
    {
        if (await RoomAsync() is not { } room)
        {
            return Unavailable;
        }

        Follow(member.Edge);
        room.Reattach(Claim(member), seen: null, Services.Now());
        JoinResult result = room.Rejoin(member.Connection, member.Edge, member.Attachment, position, Services.Now());
        Settle();
        return result;
    }

    public async ValueTask ReattachAsync(Member member, Position? seen)
    {
        if (await RoomAsync() is not { } room)
        {
            throw new TimeoutException($"The log of room {Key} can't be read.");
        }

        Follow(member.Edge);
        room.Reattach(Claim(member), seen, Services.Now());
        Settle();
    }

    public ValueTask DetachAsync(ConnectionId connection, long attachment)
    {
        _room?.Detach(connection, attachment);
        EndIfUnused();
        return default;
    }

    public ValueTask DetachEdgeAsync(EdgeId edge)
    {
        if (IsGone(edge))
        {
            _room?.DetachEdge(edge);
        }

        EndIfUnused();
        return default;
    }

    public async ValueTask<BackplaneStatus> LeaveAsync(ConnectionId connection, long joinNumber)
    {
        if (await RoomAsync() is not { } room)
        {
            return BackplaneStatus.Unavailable;
        }

        BackplaneStatus status = room.Leave(connection, Services.Now(), joinNumber);
        Settle();
        return status;
    }

    public async ValueTask<PublishAnswer> PublishAsync(PublishBatch batch)
    {
        long began = Services.Metrics.Begin();
        Activity? span = SiloTracing.StartPublish(Key, batch);
        try
        {
            return await PublishAsync(batch, span?.Id ?? batch.Trace);
        }
        finally
        {
            RemoteSpan.End(span);
            Services.Metrics.Published(batch.Publications.Length, began);
        }
    }

    private async ValueTask<PublishAnswer> PublishAsync(PublishBatch batch, string? trace)
    {
        if (await RoomAsync() is not { } room)
        {
            var refused = new PublishResult[batch.Publications.Length];
            Array.Fill(refused, new PublishResult(BackplaneStatus.Unavailable, default, false));
            return new PublishAnswer { Results = refused, Inbox = Services.Inbox.Reference };
        }

        if (trace is not null && (uint)batch.Traced < (uint)batch.Publications.Length)
        {
            Trace(room, batch.Publications[batch.Traced], trace);
        }

        PublishTurn turn = new(batch.Publications);
        turn.Begin(room, _logic, Services.Now());
        _commits?.Start();
        Settle();
        PublishResult[] results = await turn.ResultsAsync();
        await WaitToCatchUpAsync();
        return new PublishAnswer { Results = results, Inbox = Services.Inbox.Reference };
    }

    public async ValueTask<HistoryResult> ReadAsync(ConnectionId reader, HistoryQuery query) =>
        await RoomAsync() is { } room
            ? room.Read(reader, query, Services.Now())
            : new HistoryResult(BackplaneStatus.Unavailable, default, [], false);

    public async ValueTask<PresenceResult> PresenceAsync(ConnectionId reader) =>
        await RoomAsync() is { } room
            ? room.Presence(reader)
            : new PresenceResult(BackplaneStatus.Unavailable, null);

    public async ValueTask<BackplaneStatus> SetStateAsync(ConnectionId connection, ReadOnlyMemory<byte> state)
    {
        if (await RoomAsync() is not { } room)
        {
            return BackplaneStatus.Unavailable;
        }

        BackplaneStatus status = room.SetState(connection, state);
        Settle();
        return status;
    }

    public async ValueTask<RoomView> InspectAsync(string? after, int limit)
    {
        if (IsNothing)
        {
            DeactivateOnIdle();
            return RoomView.Refuse(BackplaneStatus.NoSuchRoom);
        }

        RoomView view = await RoomAsync() is { } room
            ? room.Inspect(after, limit)
            : RoomView.Refuse(BackplaneStatus.Unavailable);
        Settle();
        return view;
    }

    public async ValueTask<HistoryResult> ReadForServerAsync(HistoryQuery query)
    {
        if (IsNothing)
        {
            DeactivateOnIdle();
            return new HistoryResult(BackplaneStatus.NoSuchRoom, default, [], false);
        }

        HistoryResult result = await RoomAsync() is { } room
            ? room.Read(query, Services.Now())
            : new HistoryResult(BackplaneStatus.Unavailable, default, [], false);
        Settle();
        return result;
    }

    public override void OnDehydrate(IDehydrationContext dehydrationContext)
    {
        Leave();
        if (_room is not null && _commits is not { IsObsolete: true })
        {
            dehydrationContext.TryAddValue(StateKey, _room.Save());
        }
    }

    public override void OnRehydrate(IRehydrationContext rehydrationContext)
    {
        base.OnRehydrate(rehydrationContext);
        if (rehydrationContext.TryGetValue(StateKey, out RoomState? state) && state is not null)
        {
            Begin(new Room(new RoomName(Key), Options, state, Services.Now()));
            foreach (EdgeOutbox outbox in _room!.Outboxes)
            {
                Follow(outbox.Edge);
            }
        }
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _turns = TaskScheduler.Current;
        Services.LocalRooms.Enter(Key, this);
        if (Options.Logic is not null)
        {
            this.RegisterGrainTimer(
                static (grain, _) => grain.PulseAsync(),
                this,
                new GrainTimerCreationOptions(LogicPulse, LogicPulse) { Interleave = true });
        }

        Settle();
        return base.OnActivateAsync(cancellationToken);
    }

    /// <summary>Runs something as one of this grain's turns, without a message. Any thread.</summary>
    public void InTurn(Func<Task> act) =>
        Task.Factory.StartNew(act, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _turns!).Ignore();

    /// <summary>As for every feed; and tells the room's logic what it has to hear.</summary>
    protected override void Settle()
    {
        base.Settle();
        _logic?.Start();
    }

    // The call has brought up an activation for a room that is not there.
    private bool IsNothing => _room is null && !Options.Durable;

    private static JoinResult Unavailable => new(BackplaneStatus.Unavailable, default, false, null);

    private static MemberClaim Claim(Member member) =>
        new(member.Connection, member.User, member.Edge, member.Attachment, member.Watches, member.State, member.JoinNumber);

    private void Leave()
    {
        IsLeaving = true;
        _logic?.Stop();
        Services.LocalRooms.Leave(Key, this);
    }

    private Task PulseAsync()
    {
        _logic?.Pulse();
        return Task.CompletedTask;
    }

    private ValueTask<Room?> RoomAsync()
    {
        if (_room is not null)
        {
            return new(_room);
        }

        RoomOptions options = Options;
        if (!options.Durable)
        {
            return new(Begin(new Room(
                new RoomName(Key), options, Epoch.Create(Services.Random), Services.Now())));
        }

        // All calls that come meanwhile wait for the same.
        return new(_reading is { IsCompleted: false } ? _reading : _reading = ReadAsync(options));
    }

    private async Task<Room?> ReadAsync(RoomOptions options)
    {
        var name = new RoomName(Key);
        LoadResult loaded = await Services.Store!.LoadAsync(
            FeedId.Of(name), Epoch.Create(Services.Random), options.Feed, after: 0, CancellationToken.None);
        return loaded.Status == StoreStatus.Ok
            ? _room ?? Begin(new Room(name, options, loaded.Feed!, Services.Now()))
            : null;
    }

    private Room Begin(Room room)
    {
        _room = room;
        room.BackplaneObserver = Services.Observer;
        RoomOptions options = Options;
        if (options.Durable)
        {
            _commits = new CommitLoop(room, options.Feed, Services.Store!, Services.Time, this, OnCommitted);
        }

        if (options.Logic is { } type)
        {
            _logic = new LogicPump(
                room, GrainFactory.GetGrain<IRoomLogicGrain>(GrainId.Create(type, Key)), Services, OnDecided);
        }

        return room;
    }

    private void OnDecided()
    {
        _commits?.Start();
        Settle();
    }

    private void OnCommitted()
    {
        Settle();
        if (_commits!.IsObsolete)
        {
            DeactivateOnIdle();
        }
    }
}
