using Switchboard.Cluster.Tests.Rig;
using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;

namespace Switchboard.Cluster.Tests.Faults;

/// <summary>A client comes back while the silos of its connection and of its room have just died.</summary>
public sealed class ResumeAfterDeathTests : FaultTest
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // It takes two to declare a silo dead, and two of them die.
    protected override int SiloCount => 4;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DetachedConnection_ItsSiloAndItsRoomsAreKilled_ResumesAsAMemberWhoMissedNothing(bool onOneSilo)
    {
        TestConnection detached = await Second.OpenAsync(NewUser());
        int its = (await Cluster.FindSiloAsync(detached.Id))!.Value;
        TestConnection publisher = await First.OpenAsync(NewUser());
        RoomName room = await JoinWhereAsync([publisher, detached], silo => silo == its == onOneSilo);
        await detached.DetachAsync();
        await publisher.PublishAsync(room, "missed");

        // The room can't be read at first, so that the first resume that succeeds has a room that can't be rejoined.
        Rig.Store.IsUnavailable = true;
        int[] victims = [.. new[] { its, await SiloOfAsync(room) }.Distinct()];
        await Task.WhenAll(victims.Select(victim => Cluster.KillSiloAsync(victim)));
        await ResumeAsync(detached, until: (status, connection) =>
        {
            Assert.Null(connection);
            return status == BackplaneStatus.Ok;
        });
        Rig.Store.IsUnavailable = false;
        TestConnection resumed = (await ResumeAsync(detached, until: (_, connection) => connection is not null))!;
        await Calls.UntilOkAsync(() => publisher.PublishAsync(room, Message.Reliable("live", key: "live")), "publish");

        Assert.Equal(detached.Id, resumed.Id);
        Assert.Equal(["missed", "live"], await resumed[room].ThroughAsync("live"));
        Assert.Empty(resumed[room].Losses);
        Assert.Equal(BackplaneStatus.Ok, (await resumed.PublishAsync(room, Message.Reliable("a member still"))).Status);
        await publisher[room].ThroughAsync("a member still");
        await publisher.PresenceAsync(room, view => view.Has(resumed.Id) && view.Count == 2, "presence");
    }

    // Both join a durable room that is on such a silo. Whose edge asks first has a say in where that is, and a silo that has
    // just started gets none before the others have heard of its load.
    private async Task<RoomName> JoinWhereAsync(TestConnection[] members, Func<int, bool> isThere)
    {
        long began = TimeProvider.System.GetTimestamp();
        for (int i = 0; TimeProvider.System.GetElapsedTime(began) < Patience.Limit; i++)
        {
            RoomName room = NewRoom(durable: true);
            TestConnection first = members[i % 2];
            await first.JoinAsync(room, presence: true);
            if (isThere(await SiloOfAsync(room)))
            {
                await members[1 - (i % 2)].JoinAsync(room, presence: true);
                return room;
            }

            await first.LeaveAsync(room);
        }

        throw new TimeoutException($"no room came up on such a silo within {Patience.Limit.TotalSeconds} s");
    }

    // As a client that does not give up, on the other edge.
    private async Task<TestConnection?> ResumeAsync(
        TestConnection detached, Func<BackplaneStatus, TestConnection?, bool> until)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            (BackplaneStatus status, TestConnection? connection) = await detached.TryResumeAsync(First);
            Assert.True(status is BackplaneStatus.Ok or BackplaneStatus.Unavailable, $"the resume was answered {status}");
            if (until(status, connection))
            {
                return connection;
            }

            if (TimeProvider.System.GetElapsedTime(began) > Patience.Limit)
            {
                throw new TimeoutException($"resume: {status} for {Patience.Limit.TotalSeconds} s");
            }

            await Task.Delay(Pause);
        }
    }
}
