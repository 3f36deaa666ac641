using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.GrainInterfaces;
using Switchboard.GrainInterfaces.Edges;
using Switchboard.Node.Tests.Testing;

namespace Switchboard.Node.Tests.Leases;

public sealed class LeaseTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task Edge_IsRegisteredWithItsSinksAndRenewed()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        await UntilAsync(rig, "renewals", () => rig.Cluster.Edges.Renewals >= 3);

        EdgeRegistration registration = rig.Cluster.Edges.Registered!;
        Assert.Equal((rig.Backplane.Id, "edge", Contract.Version), (registration.Edge, registration.Name, registration.ContractVersion));
        Assert.Equal(8, registration.Sinks.Length);
        Assert.Null(rig.Backplane.NotReady);
        Assert.Equal(["a", "b"], rig.Backplane.Silos);
    }

    [Fact]
    public async Task Edge_WhileTheClusterIsAway_KeepsTryingAndSaysSo()
    {
        await using NodeRig rig = new();
        rig.Cluster.Fault = new TimeoutException();
        Task started = rig.Backplane.StartAsync();
        await UntilAsync(rig, "the reason", () => rig.Backplane.NotReady == "the cluster does not answer");

        rig.Cluster.Fault = null;
        await UntilAsync(rig, "the registration", () => started.IsCompletedSuccessfully);

        Assert.Null(rig.Backplane.NotReady);
    }

    [Fact]
    public async Task Edge_OfANameThatIsTaken_WaitsForTheOlderLeaseToEnd()
    {
        await using NodeRig rig = new();
        rig.Cluster.Edges.Status = RegisterStatus.NameTaken;
        Task started = rig.Backplane.StartAsync();
        await UntilAsync(rig, "the reason", () => rig.Backplane.NotReady!.Contains("'edge' is known", StringComparison.Ordinal));

        rig.Cluster.Edges.Status = RegisterStatus.Ok;
        await UntilAsync(rig, "the registration", () => started.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Edge_OfANameThatStaysTaken_IsRefusedAfterTwoLeases()
    {
        await using NodeRig rig = new();
        rig.Cluster.Edges.Status = RegisterStatus.NameTaken;
        DateTimeOffset begun = rig.Time.GetUtcNow();
        Task started = rig.Backplane.StartAsync();
        await UntilAsync(rig, "the refusal", () => started.IsCompleted);

        EdgeRefusedException refusal = await Assert.ThrowsAsync<EdgeRefusedException>(() => started);
        Assert.Contains("'edge' is running", refusal.Message, StringComparison.Ordinal);
        Assert.InRange(rig.Time.GetUtcNow() - begun, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(25));
    }

    [Fact]
    public async Task Edge_OfAnotherContract_IsRefusedWithBothVersions()
    {
        await using NodeRig rig = new();
        rig.Cluster.Edges.Status = RegisterStatus.OtherContract;
        rig.Cluster.Edges.ContractVersion = 77;

        EdgeRefusedException refusal = await Assert.ThrowsAsync<EdgeRefusedException>(() => rig.Backplane.StartAsync());

        Assert.Contains($"version {Contract.Version} ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("version 77;", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silo_ThatIsGone_HasEverythingClaimed()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (_, FakeConnection first) = await rig.JoinAsync();
        (_, FakeConnection second) = await rig.OpenAsync();
        await UntilAsync(rig, "the first silos", () => rig.Backplane.Silos.Count == 2);

        rig.Cluster.Edges.Silos = ["b", "c"];
        await UntilAsync(rig, "the claims", () => first.Claims.Length == 1 && second.Claims.Length == 1);
        rig.Cluster.Edges.Silos = ["b", "c", "d"];
        await UntilAsync(rig, "more silos", () => rig.Backplane.Silos.Count == 3);

        Assert.Single(first.Claims);
    }

    [Fact]
    public async Task Edge_ThatWasForgotten_RegistersAndClaims()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (_, FakeConnection grain) = await rig.OpenAsync();

        rig.Cluster.Edges.Known = false;
        await UntilAsync(rig, "the claim", () => grain.Claims.Length == 1);

        Assert.Equal(2, rig.Cluster.Edges.Registrations);
    }

    [Fact]
    public async Task Lease_ThatEnded_HasEverythingClaimedWhenTheClusterIsBack()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (_, FakeConnection grain) = await rig.OpenAsync();
        rig.Cluster.Edges.Fault = new TimeoutException();
        await UntilAsync(rig, "the end of the lease", () => rig.Backplane.NotReady is not null);

        Assert.Empty(grain.Claims);
        Assert.Contains("has not answered for", rig.Backplane.NotReady, StringComparison.Ordinal);
        rig.Cluster.Edges.Fault = null;
        await UntilAsync(rig, "the claim", () => grain.Claims.Length == 1);

        Assert.Null(rig.Backplane.NotReady);
    }

    [Fact]
    public async Task Renewals_ThatFailForLessThanTheLease_ClaimNothing()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (_, FakeConnection grain) = await rig.OpenAsync();
        await UntilAsync(rig, "a renewal", () => rig.Cluster.Edges.Renewals > 0);
        rig.Cluster.Edges.Fault = new TimeoutException();
        int failed = rig.Cluster.Edges.Renewals;
        await UntilAsync(rig, "failures", () => rig.Cluster.Edges.Renewals >= failed + 2);
        rig.Cluster.Edges.Fault = null;
        int renewed = rig.Cluster.Edges.Renewals;
        await UntilAsync(rig, "renewals", () => rig.Cluster.Edges.Renewals >= renewed + 3);

        Assert.Empty(grain.Claims);
    }

    [Fact]
    public async Task Claims_ThatAreNotAnswered_AreMadeAgain()
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (_, FakeConnection lucky) = await rig.OpenAsync();
        (OpenResult opened, FakeConnection grain) = await rig.OpenAsync();
        grain.Fail("reattach", new TimeoutException());
        rig.Cluster.Edges.Known = false;
        await UntilAsync(rig, "a second try", () => grain.Calls.Count(call => call == "reattach") > 1);

        grain.Refusal = DisconnectReason.Ended;
        grain.Fail("reattach", null);
        await UntilAsync(rig, "the answer", () => grain.Claims.Length == 1);
        await UntilAsync(rig, "the refusal", () => rig.Edge.Lines.Length == 1);

        Assert.Single(lucky.Claims);
        Assert.Equal(["disconnect 1 Ended"], rig.Edge.Lines);
        Assert.False(rig.Backplane.Held.TryGet(opened.Connection, out _));
    }

    [Fact]
    public async Task Stop_TellsWhatIsLeftAndUnregisters()
    {
        NodeRig rig = await NodeRig.StartAsync();
        (OpenResult opened, FakeConnection grain) = await rig.OpenAsync();
        grain.Fail("detach", new TimeoutException());
        await rig.Backplane.DetachAsync(opened.Connection, 1);
        grain.Fail("detach", null);

        Task stopped = rig.Backplane.StopAsync();
        await UntilAsync(rig, "the stop", () => stopped.IsCompleted);

        await stopped;
        Assert.Equal(2, grain.Calls.Count(call => call == "detach 1"));
        Assert.Equal(rig.Backplane.Id, rig.Cluster.Edges.Unregistered);
    }

    [Fact]
    public async Task Kill_LeavesTheLeaseAndAnswersNoMore()
    {
        NodeRig rig = await NodeRig.StartAsync();
        (OpenResult opened, FakeConnection grain) = await rig.JoinAsync();

        await rig.Backplane.KillAsync();
        Task<Position?> delivery = rig.Sink.DeliverAsync(Deliver.Entries(0, 1));
        await rig.Backplane.DetachAsync(opened.Connection, 1);
        PublishResult published = await rig.PublishAsync("a");
        rig.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.False(delivery.IsCompleted);
        Assert.Null(rig.Cluster.Edges.Unregistered);
        Assert.Equal(BackplaneStatus.Unavailable, published.Status);
        Assert.Equal(["open", "join"], grain.Calls);
        Assert.NotNull(rig.Backplane.NotReady);
    }

    private static Task UntilAsync(NodeRig rig, string phase, Func<bool> condition) =>
        Eventually.AdvanceUntilAsync(phase, rig.Time, Step, condition);
}
