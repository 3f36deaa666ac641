using Microsoft.Extensions.Logging;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Grains.Edges;
using Switchboard.GrainInterfaces.Connections;
using Switchboard.GrainInterfaces.Edges;
using Switchboard.GrainInterfaces.Rooms;
using Switchboard.GrainInterfaces.Users;

namespace Switchboard.Grains.Connections;

/// <summary>
/// Tells others what a connection has decided, without holding it up. That a member left, or another socket holds the
/// connection, is told until it is heard; what only saves deliveries is told once.
/// </summary>
internal sealed partial class Messenger(IGrainFactory grains, GrainServices services)
{
    /// <summary>Longer than a silo takes to be found dead and its grains to come up elsewhere.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    public void Leave(RoomName room, ConnectionId connection, long joinNumber, Func<bool> holds)
    {
        IRoomGrain grain = grains.GetGrain<IRoomGrain>(room.Value);
        InsistAsync(services, () => grain.LeaveAsync(connection, joinNumber).AsTask(), holds).Ignore();
    }

    public void Remove(UserName user, ConnectionId connection)
    {
        IUserGrain grain = grains.GetGrain<IUserGrain>(user.Value);
        InsistAsync(services, () => grain.RemoveAsync(connection).AsTask(), static () => true).Ignore();
    }

    public void Detach(IEnumerable<RoomName> rooms, ConnectionId connection, long attachment)
    {
        foreach (RoomName room in rooms)
        {
            grains.GetGrain<IRoomGrain>(room.Value).DetachAsync(connection, attachment).AsTask().Ignore();
        }
    }

    public void Detach(UserName user, ConnectionId connection, long attachment) =>
        grains.GetGrain<IUserGrain>(user.Value).DetachAsync(connection, attachment).AsTask().Ignore();

    public void Disconnect(Attachment attachment, ConnectionId connection, DisconnectReason reason) =>
        InsistAsync(
            services, () => DisconnectAsync(services.Edges, attachment, connection, reason), static () => true).Ignore();

    /// <summary>Hands a request to the edge that has an attachment; Unavailable where it does not answer.</summary>
    public async Task<ForwardAnswer> ForwardAsync(Attachment attachment, ConnectionId connection, byte[] request)
    {
        try
        {
            EdgeLink? link = await services.Edges.FindAsync(attachment.Edge, FeedId.Of(connection));
            ReceiveAnswer? answer = link is null
                ? null
                : await link.Sink.ReceiveAsync(connection, attachment.Number, request);
            return new ForwardAnswer
            {
                Status = answer is null ? BackplaneStatus.Unavailable : BackplaneStatus.Ok,
                Received = answer?.Status ?? ReceiveStatus.NoSession,
                Expected = answer?.Expected ?? 0,
            };
        }
        catch (Exception exception) when (ClusterFault.Is(exception))
        {
            return new ForwardAnswer { Status = BackplaneStatus.Unavailable, Received = ReceiveStatus.NoSession, Expected = 0 };
        }
    }

    /// <summary>Asks the edge that holds a connection; Unavailable where it does not answer, or is not known.</summary>
    public async Task<BackplaneStatus> AskAsync(
        Attachment attachment, ConnectionId connection, Func<IEdgeSink, Task<BackplaneStatus>> ask)
    {
        try
        {
            EdgeLink? link = await services.Edges.FindAsync(attachment.Edge, FeedId.Of(connection));
            return link is null ? BackplaneStatus.Unavailable : await ask(link.Sink);
        }
        catch (Exception exception) when (ClusterFault.Is(exception))
        {
            return BackplaneStatus.Unavailable;
        }
    }

    private static async Task DisconnectAsync(
        EdgeDirectory edges, Attachment attachment, ConnectionId connection, DisconnectReason reason)
    {
        EdgeLink? link = await edges.FindAsync(attachment.Edge, FeedId.Of(connection));
        if (link is not null)
        {
            await link.Sink.DisconnectAsync(connection, attachment.Number, reason);
        }
    }

    /// <summary>Makes a call until it is answered, for as long as what it says still holds.</summary>
    internal static async Task InsistAsync(GrainServices services, Func<Task> call, Func<bool> holds)
    {
        long began = services.Time.GetTimestamp();
        TimeSpan pause = FirstPause;
        while (holds())
        {
            try
            {
                await call();
                return;
            }
            catch (Exception exception) when (ClusterFault.Is(exception))
            {
                if (services.Time.GetElapsedTime(began) > Patience)
                {
                    LogGivenUp(services.MembershipLog, exception);
                    return;
                }
            }

            await Task.Delay(pause, services.Time);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "A room, user or edge could not be told that a connection has left it")]
    private static partial void LogGivenUp(ILogger logger, Exception exception);
}
