using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.InProcess;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.InProcess;

/// <summary>A backplane with a clock of its own and an edge that writes down what it is told.</summary>
internal sealed class BackplaneHarness : IAsyncDisposable
{
    public BackplaneHarness(InProcessOptions? options = null)
    {
        Backplane = new InProcessBackplane(options ?? new InProcessOptions(), Time, new SeededRandom(5));
        Backplane.Attach(Edge);
    }

    /// <summary>The presence version that a room begins with when the clock has not been advanced yet.</summary>
    public static long FirstVersion { get; } = FakeTime.Start.ToUnixTimeMilliseconds() * 1_000;

    public FakeTime Time { get; } = new();

    public RecordingEdge Edge { get; } = new();

    public InProcessBackplane Backplane { get; }

    public OpenResult Open(UserName user) => Now(Backplane.OpenAsync(user));

    public ResumeResult Resume(UserName user, string token, Position? userPosition = null, Position? own = null) =>
        Now(Backplane.ResumeAsync(user, token, userPosition, own));

    public void Detach(OpenResult opened, long attachment = 1) =>
        Now(Backplane.DetachAsync(opened.Connection, attachment));

    public void Close(OpenResult opened, long attachment = 1) =>
        Now(Backplane.CloseAsync(opened.Connection, attachment));

    public JoinResult Join(OpenResult opened, RoomName room, Position? position = null, bool presence = false) =>
        Now(Backplane.JoinAsync(opened.Connection, room, new JoinOptions(position, presence, default)));

    public JoinResult Rejoin(OpenResult opened, RoomName room, Position? position = null) =>
        Now(Backplane.RejoinAsync(opened.Connection, room, position));

    public BackplaneStatus Leave(OpenResult opened, RoomName room) =>
        Now(Backplane.LeaveAsync(opened.Connection, room));

    public PublishResult Publish(RoomName room, Publication publication) =>
        Now(Backplane.PublishAsync(room, publication));

    public PublishResult Send(UserName user, Publication publication) => Now(Backplane.SendAsync(user, publication));

    public PublishResult Send(OpenResult opened, Publication publication) =>
        Now(Backplane.SendAsync(opened.Connection, publication));

    public HistoryResult Read(OpenResult opened, FeedId feed) =>
        Now(Backplane.ReadAsync(opened.Connection, feed, new HistoryQuery(null, false, 100)));

    public PresenceResult Presence(OpenResult opened, RoomName room) =>
        Now(Backplane.PresenceAsync(opened.Connection, room));

    public BackplaneStatus SetState(OpenResult opened, RoomName room, string state) =>
        Now(Backplane.SetStateAsync(opened.Connection, room, Some.Bytes(state)));

    public static Sender SenderOf(OpenResult opened, UserName user) => new(user, opened.Connection);

    public ValueTask DisposeAsync() => Backplane.DisposeAsync();

    private static T Now<T>(ValueTask<T> call)
    {
        Assert.True(call.IsCompletedSuccessfully);
        return call.Result;
    }

    private static void Now(ValueTask call) => Assert.True(call.IsCompletedSuccessfully);
}
