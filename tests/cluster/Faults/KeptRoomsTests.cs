using Switchboard.Cluster.Tests.Rig;
using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Connections;

namespace Switchboard.Cluster.Tests.Faults;

/// <summary>
/// What is kept of a connection when its rooms have changed since, and its silo dies: whoever resumes is in all of its rooms,
/// or told that the connection is gone.
/// </summary>
public sealed class KeptRoomsTests : FaultTest
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DetachedConnection_AServerChangesItsRoomsAndItsSiloIsKilled_ResumesWithWhatHolds(bool isJoin)
    {
        RoomName room = NewRoom(durable: true);
        TestConnection detached = await Second.OpenAsync(NewUser());
        if (!isJoin)
        {
            await detached.JoinAsync(room);
        }

        await detached.DetachAsync();
        BackplaneStatus changed = isJoin
            ? await First.Admin.JoinAsync(detached.Id, room, presence: false, default)
            : await First.Admin.LeaveAsync(detached.Id, room, "over");
        await KillSiloOfAsync(detached);

        (BackplaneStatus status, RoomName[] rooms) = await ResumeAsync(detached);

        Assert.Equal(BackplaneStatus.Ok, changed);
        Assert.Equal(BackplaneStatus.Ok, status);
        Assert.Equal(isJoin ? [room] : [], rooms);
    }

    [Fact]
    public async Task Connection_TakenForDetachedJoinsARoomAndItsSiloIsKilled_ResumesInIt()
    {
        RoomName room = NewRoom(durable: true);
        TestConnection connection = await Second.OpenAsync(NewUser());
        await DetachFalselyAsync(connection);

        await connection.JoinAsync(room);
        await KillSiloOfAsync(connection);

        (BackplaneStatus status, RoomName[] rooms) = await ResumeAsync(connection);

        Assert.Equal(BackplaneStatus.Ok, status);
        Assert.Equal([room], rooms);
    }

    [Fact]
    public async Task Connection_TakenForDetachedAndClaimedJoinsARoomAndItsSiloIsKilled_IsGone()
    {
        RoomName room = NewRoom(durable: true);
        TestConnection connection = await Second.OpenAsync(NewUser());
        await DetachFalselyAsync(connection);
        ReattachAnswer claimed = await GrainOf(connection).ReattachAsync(ClaimOf(connection));

        await connection.JoinAsync(room);
        await KillSiloOfAsync(connection);

        (BackplaneStatus status, _) = await ResumeAsync(connection);

        Assert.Null(claimed.Refused);
        Assert.Equal(BackplaneStatus.NoSuchConnection, status);
    }

    private IConnectionGrain GrainOf(TestConnection connection) =>
        Cluster.GrainFactory.GetGrain<IConnectionGrain>(connection.Id.Value);

    // As when the lease of an edge has ended that is alive.
    private ValueTask DetachFalselyAsync(TestConnection connection) =>
        GrainOf(connection).DetachEdgeAsync(Cluster.Edges[1].Node.Id, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());

    // Nobody claims what is lost: the client comes back before its edge has heard of the death.
    private async Task KillSiloOfAsync(TestConnection connection)
    {
        Cluster.Faults.Delay<IConnectionGrain>(TimeSpan.FromHours(1), seed: 1, nameof(IConnectionGrain.ReattachAsync));
        await Cluster.KillSiloAsync((await Cluster.FindSiloAsync(connection.Id))!.Value);
        await Cluster.WaitForSilosAsync();
    }

    // On the other edge, until the answer is not that it is to be tried again.
    private async Task<(BackplaneStatus Status, RoomName[] Rooms)> ResumeAsync(TestConnection connection)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            ResumeResult resumed = await First.TryResumeAsync(connection.User, connection.Token);
            if (resumed.Status != BackplaneStatus.Unavailable)
            {
                return (resumed.Status, [.. resumed.Rooms.Select(joined => joined.Room)]);
            }

            if (TimeProvider.System.GetElapsedTime(began) > Patience.Limit)
            {
                throw new TimeoutException($"resume: {resumed.Status} for {Patience.Limit.TotalSeconds} s");
            }

            await Task.Delay(Pause);
        }
    }
}
