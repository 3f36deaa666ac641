using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Connections;
using Switchboard.Node.Cluster;
using Switchboard.Node.Feeds;

namespace Switchboard.Node.Connections;

/// <summary>Begins connections, takes them over, and says when their sockets are gone.</summary>
internal sealed class Attachments(
    EdgeId edge,
    ICluster cluster,
    ClusterCalls calls,
    HeldConnections held,
    FeedCursors cursors,
    Endings endings,
    IRandomSource random)
{
    private const long First = 1;

    private static readonly OpenAnswer NotOpened = new() { Status = BackplaneStatus.Unavailable, User = default, Own = default };

    private static readonly OwnerAnswer NotFound = new() { Status = BackplaneStatus.Unavailable };

    private static readonly ForwardAnswer NotForwarded =
        new() { Status = BackplaneStatus.Unavailable, Received = ReceiveStatus.NoSession, Expected = 0 };

    public async ValueTask<OpenResult> OpenAsync(UserName user)
    {
        ConnectionId id = ConnectionId.Create(random);
        string token = ResumeToken.Create(id, random);
        TokenHash hash = TokenHash.Of(token);
        cursors.Enter(FeedId.Of(user));
        cursors.Enter(FeedId.Of(id));
        OpenAnswer? answer = null;
        try
        {
            OpenRequest request = new() { User = user, Token = hash, Edge = edge };
            answer = await calls.CallAsync(() => cluster.Connection(id).OpenAsync(request), NotOpened);
        }
        finally
        {
            if (answer?.Status != BackplaneStatus.Ok)
            {
                cursors.Abandon(FeedId.Of(user));
                cursors.Abandon(FeedId.Of(id));
                if (answer?.Status != BackplaneStatus.Banned)
                {
                    // It may have been opened all the same, and nobody would ever resume it.
                    endings.Add(new Ending(EndingKind.Close, id, First));
                }
            }
        }

        if (answer.Status != BackplaneStatus.Ok)
        {
            return new OpenResult(answer.Status, default, 0, string.Empty, default, default, answer.Ban);
        }

        Hold(new HeldConnection(id, user, hash, First, turn: 0, []), answer.User, answer.Own);
        return new OpenResult(answer.Status, id, First, token, answer.User, answer.Own);
    }

    public async ValueTask<ResumeResult> ResumeAsync(
        UserName user, string token, Position? userPosition, Position? connectionPosition, long turn)
    {
        if (!ResumeToken.TryGetConnection(token, out ConnectionId id))
        {
            return Refuse(BackplaneStatus.NoSuchConnection, id);
        }

        ResumeRequest request = new()
        {
            User = user,
            Token = token,
            Edge = edge,
            UserPosition = userPosition,
            OwnPosition = connectionPosition,
            Turn = turn,
        };
        cursors.Enter(FeedId.Of(user));
        cursors.Enter(FeedId.Of(id));
        ResumeResult result = default;
        bool answered = false;
        try
        {
            result = await calls.CallAsync(
                id,
                () => cluster.Connection(id).ResumeAsync(request),
                static answer => IsUnknown(answer.Status),
                Refuse(BackplaneStatus.Unavailable, id));
            answered = true;
        }
        finally
        {
            if (!answered || result.Status != BackplaneStatus.Ok)
            {
                cursors.Abandon(FeedId.Of(user));
                cursors.Abandon(FeedId.Of(id));
            }
        }

        if (result.Status == BackplaneStatus.Ok)
        {
            Hold(
                new HeldConnection(id, user, TokenHash.Of(token), result.Attachment, turn, [.. result.Rooms]),
                result.User.Head,
                result.Own.Head);
        }
        else if (result.Status == BackplaneStatus.Unavailable)
        {
            endings.Add(new Ending(EndingKind.Disown, id, 0));
        }

        return result with { Status = Told(result.Status) };
    }

    /// <summary>Asks whose the connection of a token is.</summary>
    public async ValueTask<OwnerResult> FindOwnerAsync(string token)
    {
        if (!ResumeToken.TryGetConnection(token, out ConnectionId id))
        {
            return new OwnerResult(BackplaneStatus.NoSuchConnection, default);
        }

        OwnerAnswer answer = await calls.CallAsync(
            id,
            () => cluster.Connection(id).FindOwnerAsync(token),
            static answer => IsUnknown(answer.Status),
            NotFound);
        return new OwnerResult(Told(answer.Status), answer.User.GetValueOrDefault());
    }

    /// <summary>Hands a request to whichever edge holds its connection.</summary>
    public async ValueTask<ForwardResult> ForwardAsync(UserName user, string token, ReadOnlyMemory<byte> request)
    {
        if (!ResumeToken.TryGetConnection(token, out ConnectionId id))
        {
            return new ForwardResult(BackplaneStatus.NoSuchConnection, default);
        }

        ForwardRequest forward = new() { User = user, Token = token, Request = request.ToArray() };
        ForwardAnswer answer = await calls.CallAsync(
            id,
            () => cluster.Connection(id).ForwardAsync(forward),
            static answer => IsUnknown(answer.Status),
            NotForwarded);
        return new ForwardResult(Told(answer.Status), new ReceiveResult(answer.Received, answer.Expected));
    }

    /// <summary>The socket of an attachment is gone.</summary>
    public ValueTask EndAsync(EndingKind kind, ConnectionId connection, long attachment)
    {
        held.Remove(connection, attachment);
        return endings.TellAsync(new Ending(kind, connection, attachment));
    }

    private static bool IsUnknown(BackplaneStatus status) =>
        status is BackplaneStatus.NoSuchConnection or BackplaneStatus.NotYetClaimed;

    private static BackplaneStatus Told(BackplaneStatus status) =>
        status == BackplaneStatus.NotYetClaimed ? BackplaneStatus.Unavailable : status;

    private static ResumeResult Refuse(BackplaneStatus status, ConnectionId id) => new(status, id, 0, [], default, default);

    private void Hold(HeldConnection connection, Position user, Position own)
    {
        cursors.Settle(FeedId.Of(connection.User), user);
        cursors.Settle(FeedId.Of(connection.Id), own);
        held.Add(connection);
    }
}
