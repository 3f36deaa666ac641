using System.Runtime.CompilerServices;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.InProcess;
using Switchboard.Core.Rooms;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.InProcess;

/// <summary>Budgets of memory; alone, because other tests allocate too.</summary>
[Collection(nameof(CostTests))]
[CollectionDefinition(nameof(CostTests), DisableParallelization = true)]
public class CostTests
{
    [Fact]
    public async Task IdleConnection_WithItsUserAndOneRoom_CostsLessThanAKilobyte()
    {
        const int Count = 4_000;
        await using InProcessBackplane backplane = NewBackplane(out _);
        UserName[] users = [.. Enumerable.Range(0, Count).Select(index => new UserName($"user-{index}"))];
        await OpenAndJoinAsync(backplane, new UserName("warm-up"));

        long before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (UserName user in users)
        {
            await OpenAndJoinAsync(backplane, user);
        }

        long bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / Count;

        Assert.Equal(Count + 1, backplane.ConnectionCount);
        Assert.InRange(bytes, 300, 1_000);
        GC.KeepAlive(users);
    }

    [Fact]
    public async Task Publish_InSteadyState_AllocatesTheEntryAndHardlyMore()
    {
        await using InProcessBackplane backplane = NewBackplane(out CountingEdge edge);
        OpenResult opened = await OpenAndJoinAsync(backplane, Some.Ann);
        Publication publication = Some.Reliable("payload", from: new Sender(Some.Ann, opened.Connection));
        PublishInRounds(backplane, publication, edge);

        long bytes = PublishInRounds(backplane, publication, edge);

        // An entry is 72 bytes; the rest is how what waits and what is kept grows.
        Assert.InRange(bytes, 72, 136);
    }

    private static InProcessBackplane NewBackplane(out CountingEdge edge)
    {
        edge = new CountingEdge();
        var backplane = new InProcessBackplane(new InProcessOptions(), TimeProvider.System, new SeededRandom(1));
        backplane.Attach(edge);
        return backplane;
    }

    private static async Task<OpenResult> OpenAndJoinAsync(InProcessBackplane backplane, UserName user)
    {
        OpenResult opened = await backplane.OpenAsync(user);
        Assert.Equal(BackplaneStatus.Ok, (await backplane.JoinAsync(opened.Connection, Some.Room, default)).Status);
        return opened;
    }

    // Each round waits until the edge has it all, so that nothing is held up and no backlog grows.
    private static long PublishInRounds(InProcessBackplane backplane, Publication publication, CountingEdge edge)
    {
        const int Rounds = 500;
        const int Round = 100;
        long bytes = 0;
        for (int i = 0; i < Rounds; i++)
        {
            long delivered = edge.Delivered + Round;
            bytes += Publish(backplane, publication, Round);
            Assert.True(SpinWait.SpinUntil(() => edge.Delivered == delivered, TimeSpan.FromSeconds(20)), "not delivered");
        }

        return bytes / (Rounds * Round);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Publish(InProcessBackplane backplane, Publication publication, int count)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < count; i++)
        {
            ValueTask<PublishResult> call = backplane.PublishAsync(Some.Room, publication);
            if (!call.IsCompletedSuccessfully || call.Result.Status != BackplaneStatus.Ok)
            {
                Assert.Fail("refused");
            }
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private sealed class CountingEdge : IEdge
    {
        private long _delivered;

        public long Delivered => Volatile.Read(ref _delivered);

        public void Deliver(FeedId feed, Epoch epoch, IReadOnlyList<FeedEntry> entries) =>
            Volatile.Write(ref _delivered, _delivered + entries.Count);

        public void Lost(FeedId feed, Position now)
        {
        }

        public void Presence(RoomName room, PresenceChange change)
        {
        }

        public void Disconnect(ConnectionId connection, long attachment, DisconnectReason reason)
        {
        }
    }
}
