using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.Contract.Harness;

/// <summary>An edge without sockets: a backplane, and connections that receive what it is called with.</summary>
public sealed class TestEdge
{
    private readonly IBackplaneAdmin? _admin;

    /// <summary>Attaches itself to the backplane.</summary>
    public TestEdge(IBackplane backplane, IBackplaneAdmin? admin = null)
    {
        ArgumentNullException.ThrowIfNull(backplane);
        Backplane = backplane;
        _admin = admin;
        backplane.Attach(Recorder);
    }

    /// <summary>The backplane, as this edge sees it.</summary>
    public IBackplane Backplane { get; }

    /// <summary>What a server may do through this edge.</summary>
    public IBackplaneAdmin Admin => _admin ?? throw new InvalidOperationException("this edge was made without");

    internal RecordingEdge Recorder { get; } = new();

    /// <summary>Opens a connection.</summary>
    public async Task<TestConnection> OpenAsync(UserName user)
    {
        FeedReceiver userFeed = Recorder.Add(FeedId.Of(user));
        OpenResult opened = await Backplane.OpenAsync(user).WithinAsync("open");
        Assert.Equal(BackplaneStatus.Ok, opened.Status);
        FeedReceiver ownFeed = Recorder.Add(FeedId.Of(opened.Connection));
        var connection = new TestConnection(
            this, user, opened.Token, opened.Connection, opened.Attachment, userFeed, ownFeed);
        connection.GoLive(
            Positions.None,
            new Recovery(opened.User, RecoveryOutcome.NotAsked, []),
            new Recovery(opened.Own, RecoveryOutcome.NotAsked, []));
        return connection;
    }

    /// <summary>Resumes a connection without receiving anything; for what is refused.</summary>
    public Task<ResumeResult> TryResumeAsync(UserName user, string token, Positions? positions = null, long turn = 0) =>
        Backplane.ResumeAsync(user, token, positions?.User, positions?.Own, turn).WithinAsync("resume");

    /// <summary>Publishes as the server.</summary>
    public Task<PublishResult> PublishAsync(RoomName room, in Publication publication) =>
        Backplane.PublishAsync(room, publication).WithinAsync("publish by the server");

    /// <summary>Sends to a user as the server.</summary>
    public Task<PublishResult> SendAsync(UserName user, in Publication publication) =>
        Backplane.SendAsync(user, publication).WithinAsync("send to a user by the server");

    /// <summary>Sends to a connection as the server.</summary>
    public Task<PublishResult> SendAsync(ConnectionId connection, in Publication publication) =>
        Backplane.SendAsync(connection, publication).WithinAsync("send to a connection by the server");

    /// <summary>How often the edge was told to drain.</summary>
    public int Drains => Recorder.Drains;

    /// <summary>How the rules of <see cref="IEdge"/> were broken since the last look.</summary>
    public IReadOnlyList<string> TakeViolations() => Recorder.TakeViolations();
}
