using System.Collections.Concurrent;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;

namespace Switchboard.Contract.Harness;

/// <summary>One socket's hold on a connection, as an edge keeps it: an attachment, with what it receives.</summary>
public sealed class TestConnection
{
    private readonly ConcurrentDictionary<RoomName, FeedReceiver> _rooms = new();
    private readonly IBackplane _backplane;

    internal TestConnection(
        TestEdge edge,
        UserName user,
        string token,
        ConnectionId id,
        long attachment,
        FeedReceiver userFeed,
        FeedReceiver ownFeed)
    {
        Edge = edge;
        User = user;
        Token = token;
        Id = id;
        Attachment = attachment;
        UserFeed = userFeed;
        OwnFeed = ownFeed;
        _backplane = edge.Backplane;
        edge.Recorder.Register(this);
        Disconnected = EndAsync(edge.Recorder.DisconnectOf(id, attachment));
    }

    /// <summary>Where the socket is.</summary>
    public TestEdge Edge { get; }

    /// <summary>Whose it is.</summary>
    public UserName User { get; }

    /// <summary>The resume token.</summary>
    public string Token { get; }

    /// <summary>The connection.</summary>
    public ConnectionId Id { get; }

    /// <summary>Which attachment this is.</summary>
    public long Attachment { get; }

    /// <summary>What it receives of the user's feed.</summary>
    public FeedReceiver UserFeed { get; }

    /// <summary>What it receives of the connection's own feed.</summary>
    public FeedReceiver OwnFeed { get; }

    /// <summary>The rooms that it receives.</summary>
    public IEnumerable<RoomName> Rooms => _rooms.Keys;

    /// <summary>Completes once the backplane ends this attachment; nothing is received any more then.</summary>
    public Task<DisconnectReason> Disconnected { get; }

    /// <summary>What a client would resume from.</summary>
    public Positions Positions => new(
        UserFeed.Position, OwnFeed.Position, _rooms.ToDictionary(room => room.Key, room => room.Value.Position));

    /// <summary>What it receives of a room that it has joined.</summary>
    public FeedReceiver this[RoomName room] => _rooms[room];

    /// <summary>Joins a room and receives it.</summary>
    public async Task<FeedReceiver> JoinAsync(
        RoomName room, Position? position = null, bool presence = false, string state = "")
    {
        JoinResult result = await TryJoinAsync(room, position, presence, state);
        Assert.Equal(BackplaneStatus.Ok, result.Status);
        return this[room];
    }

    /// <summary>Joins a room, and receives it where that succeeds.</summary>
    public Task<JoinResult> TryJoinAsync(
        RoomName room, Position? position = null, bool presence = false, string state = "") =>
        ReceiveAsync(
            room,
            position,
            () => _backplane.JoinAsync(Id, room, new JoinOptions(position, presence, Message.Bytes(state)))
                .WithinAsync($"join {room}"));

    /// <summary>Receives a room again that it is a member of.</summary>
    public async Task<FeedReceiver> RejoinAsync(RoomName room, Position? position)
    {
        JoinResult result = await TryRejoinAsync(room, position);
        Assert.Equal(BackplaneStatus.Ok, result.Status);
        return this[room];
    }

    /// <summary>Leaves a room.</summary>
    public async Task<BackplaneStatus> LeaveAsync(RoomName room)
    {
        BackplaneStatus status = await _backplane.LeaveAsync(Id, room).WithinAsync($"leave {room}");
        if (status == BackplaneStatus.Ok && _rooms.TryRemove(room, out FeedReceiver? receiver))
        {
            Edge.Recorder.Remove(receiver);
        }

        return status;
    }

    /// <summary>Publishes to a room as this connection.</summary>
    public Task<PublishResult> PublishAsync(RoomName room, in Publication publication) =>
        _backplane.PublishAsync(room, From(publication)).WithinAsync($"publish to {room}");

    /// <summary>Publishes a reliable message, which must succeed.</summary>
    public async Task<Position> PublishAsync(RoomName room, string text)
    {
        PublishResult result = await PublishAsync(room, Message.Reliable(text));
        Assert.Equal((BackplaneStatus.Ok, false), (result.Status, result.Duplicate));
        return result.Position;
    }

    /// <summary>Sends to a user as this connection.</summary>
    public Task<PublishResult> SendAsync(UserName user, in Publication publication) =>
        _backplane.SendAsync(user, From(publication)).WithinAsync($"send to user {user}");

    /// <summary>Sends to a connection as this one.</summary>
    public Task<PublishResult> SendAsync(ConnectionId connection, in Publication publication) =>
        _backplane.SendAsync(connection, From(publication)).WithinAsync($"send to connection {connection}");

    /// <summary>Reads a page of a feed's history.</summary>
    public Task<HistoryResult> ReadAsync(
        FeedId feed, Position? from = null, bool backward = false, int limit = 100) =>
        _backplane.ReadAsync(Id, feed, new HistoryQuery(from, backward, limit)).WithinAsync($"read {feed}");

    /// <summary>Asks who is in a room.</summary>
    public Task<PresenceResult> PresenceAsync(RoomName room) =>
        _backplane.PresenceAsync(Id, room).WithinAsync($"presence of {room}");

    /// <summary>Waits until what it was told of a room's presence is as it should be; asks anew where it must.</summary>
    public async Task PresenceAsync(RoomName room, Func<PresenceView, bool> isMet, string phase)
    {
        FeedReceiver receiver = this[room];
        await receiver.PresenceAsync(isMet, phase);
        while (!receiver.Presence(isMet) || receiver.Presence(view => view.IsBehind))
        {
            receiver.Refresh((await PresenceAsync(room)).Presence!);
            await receiver.PresenceAsync(isMet, phase);
        }
    }

    /// <summary>Replaces its presence state in a room.</summary>
    public Task<BackplaneStatus> SetStateAsync(RoomName room, string state) =>
        _backplane.SetStateAsync(Id, room, Message.Bytes(state)).WithinAsync($"set state in {room}");

    /// <summary>The socket breaks, and the edge notices.</summary>
    public Task DetachAsync()
    {
        StopReceiving();
        return _backplane.DetachAsync(Id, Attachment).WithinAsync("detach");
    }

    /// <summary>The client says goodbye.</summary>
    public Task CloseAsync()
    {
        StopReceiving();
        return _backplane.CloseAsync(Id, Attachment).WithinAsync("close");
    }

    /// <summary>
    /// Takes the connection over with another socket, and receives its rooms again. What this socket receives after
    /// its positions were taken goes nowhere.
    /// </summary>
    /// <param name="edge">Where the new socket is.</param>
    /// <param name="positions">What was last seen; null for what this socket did.</param>
    /// <param name="turn">The client's count of its resumes; 0 for none.</param>
    public async Task<TestConnection> ResumeAsync(TestEdge edge, Positions? positions = null, long turn = 0)
    {
        (BackplaneStatus status, TestConnection? connection) = await TryResumeAsync(edge, positions, turn);
        Assert.Equal(BackplaneStatus.Ok, status);
        Assert.True(connection is not null, "a room could not be rejoined");
        return connection;
    }

    /// <summary>
    /// The same, where it may be refused. Where the resume itself succeeds and a rejoin does not, the new socket is given
    /// up, as an edge does: then the status is Ok, and there is no connection.
    /// </summary>
    public async Task<(BackplaneStatus Status, TestConnection? Connection)> TryResumeAsync(
        TestEdge edge, Positions? positions = null, long turn = 0)
    {
        StopReceiving();
        positions ??= Positions;
        FeedReceiver userFeed = edge.Recorder.Add(FeedId.Of(User));
        FeedReceiver ownFeed = edge.Recorder.Add(FeedId.Of(Id));
        ResumeResult resumed = await edge.TryResumeAsync(User, Token, positions, turn);
        if (resumed.Status != BackplaneStatus.Ok)
        {
            edge.Recorder.Remove(userFeed);
            edge.Recorder.Remove(ownFeed);
            return (resumed.Status, null);
        }

        Assert.Equal(Id, resumed.Connection);
        var connection = new TestConnection(edge, User, Token, Id, resumed.Attachment, userFeed, ownFeed);
        foreach ((RoomName room, _) in resumed.Rooms)
        {
            if ((await connection.TryRejoinAsync(room, positions.Of(room))).Status != BackplaneStatus.Ok)
            {
                await connection.DetachAsync();
                return (resumed.Status, null);
            }
        }

        connection.GoLive(positions, resumed.User, resumed.Own);
        return (resumed.Status, connection);
    }

    internal void GoLive(Positions positions, in Recovery user, in Recovery own)
    {
        UserFeed.GoLive(Id, positions.User, user, false, null);
        OwnFeed.GoLive(Id, positions.Own, own, false, null);
    }

    private Task<JoinResult> TryRejoinAsync(RoomName room, Position? position) =>
        ReceiveAsync(room, position, () => _backplane.RejoinAsync(Id, room, position).WithinAsync($"rejoin {room}"));

    private async Task<JoinResult> ReceiveAsync(RoomName room, Position? position, Func<Task<JoinResult>> ask)
    {
        FeedReceiver receiver = Edge.Recorder.Add(FeedId.Of(room));
        JoinResult result = await ask();
        if (result.Status != BackplaneStatus.Ok)
        {
            Edge.Recorder.Remove(receiver);
            return result;
        }

        if (_rooms.TryRemove(room, out FeedReceiver? before))
        {
            Edge.Recorder.Remove(before);
        }

        _rooms[room] = receiver;
        receiver.GoLive(Id, position, result.Feed, result.WantsPresence, result.Presence);
        return result;
    }

    private Publication From(in Publication publication) => publication with { Sender = new Sender(User, Id) };

    private void StopReceiving()
    {
        foreach (FeedReceiver receiver in _rooms.Values.Append(UserFeed).Append(OwnFeed))
        {
            Edge.Recorder.Remove(receiver);
        }
    }

    private async Task<DisconnectReason> EndAsync(Task<DisconnectReason> disconnected)
    {
        DisconnectReason reason = await disconnected;
        StopReceiving();
        return reason;
    }
}
