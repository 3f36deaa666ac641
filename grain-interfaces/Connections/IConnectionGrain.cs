using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Connections;

/// <summary>
/// One client's session; its key is the connection's id. It alone decides what the connection is a member of, and tells
/// the rooms and the user.
/// </summary>
[Alias("switchboard.connection")]
public interface IConnectionGrain : IGrainWithStringKey
{
    /// <summary>Begins the connection, with its first attachment.</summary>
    [Alias("open")]
    ValueTask<OpenAnswer> OpenAsync(OpenRequest request);

    /// <summary>Gives the connection to another socket.</summary>
    [Alias("resume")]
    ValueTask<ResumeResult> ResumeAsync(ResumeRequest request);

    /// <summary>
    /// Says which edge holds the connection: for one that may have come up anew, or whose edge was taken for dead.
    /// </summary>
    [Alias("reattach")]
    ValueTask<ReattachAnswer> ReattachAsync(ConnectionClaim claim);

    /// <summary>The socket of an attachment is gone: the grace period begins.</summary>
    [Alias("detach")]
    ValueTask DetachAsync(long attachment);

    /// <summary>An edge was last heard of at a time, in milliseconds since the Unix epoch: the grace period began then.</summary>
    [Alias("detach-edge")]
    ValueTask DetachEdgeAsync(EdgeId edge, long lastSeen);

    /// <summary>Ends the connection for good.</summary>
    [Alias("close")]
    ValueTask CloseAsync(long attachment);

    /// <summary>Hands a request of the client to the edge that holds the connection.</summary>
    [Alias("forward")]
    ValueTask<ForwardAnswer> ForwardAsync(ForwardRequest request);

    /// <summary>Tells whoever presents the resume token whose the connection is.</summary>
    [Alias("find-owner")]
    ValueTask<OwnerAnswer> FindOwnerAsync(string token);

    /// <summary>Joins a room.</summary>
    [Alias("join")]
    ValueTask<JoinResult> JoinAsync(RoomName room, JoinOptions options);

    /// <summary>After a resume: receives a room again.</summary>
    [Alias("rejoin")]
    ValueTask<JoinResult> RejoinAsync(RoomName room, Position? position);

    /// <summary>Leaves a room.</summary>
    [Alias("leave")]
    ValueTask<BackplaneStatus> LeaveAsync(RoomName room);

    /// <summary>Sends to this connection.</summary>
    [Alias("send")]
    ValueTask<PublishResult> SendAsync(Publication publication);

    /// <summary>Reads a page of the history of the connection's own feed.</summary>
    [Alias("read")]
    ValueTask<HistoryResult> ReadAsync(HistoryQuery query);

    /// <summary>Shows the connection.</summary>
    [Alias("inspect")]
    ValueTask<ConnectionView> InspectAsync();

    /// <summary>Lets the edge that holds the connection join a room, as if the client had asked for it.</summary>
    [Alias("join-for-server")]
    ValueTask<BackplaneStatus> JoinForServerAsync(RoomName room, JoinOptions options);

    /// <summary>Lets the edge that holds the connection leave a room.</summary>
    [Alias("leave-for-server")]
    ValueTask<BackplaneStatus> LeaveForServerAsync(RoomName room, string reason);

    /// <summary>Ends the connection, whoever holds it: Ok, NoSuchConnection, or Unavailable where its edge did not answer.</summary>
    [Alias("end")]
    ValueTask<BackplaneStatus> EndAsync(DisconnectReason reason);
}
