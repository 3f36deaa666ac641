using Orleans.Runtime;
using Orleans.Runtime.Messaging;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Tests.Testing;
using Switchboard.Node.Cluster;
using Switchboard.Node.Tests.Testing;

namespace Switchboard.Node.Tests.Cluster;

public sealed class ClusterFaultsTests
{
    public static TheoryData<Exception> Away() =>
    [
        new TimeoutException(),
        new SiloUnavailableException("gone"),
        new GatewayTooBusyException("busy"),
        new ConnectionFailedException("refused"),
        new OrleansException("other"),
        new ClusterAwayException("not yet"),
        new ObjectDisposedException("client"),
    ];

    [Theory]
    [MemberData(nameof(Away))]
    public async Task Fault_OfTheCluster_IsUnavailableEverywhere(Exception fault)
    {
        await using NodeRig rig = await NodeRig.StartAsync();
        (OpenResult ann, _) = await rig.JoinAsync();
        rig.Cluster.Fault = fault;
        OrleansBackplane backplane = rig.Backplane;

        BackplaneStatus[] statuses =
        [
            (await backplane.OpenAsync(Some.Bob)).Status,
            (await backplane.ResumeAsync(Some.Ann, ann.Token, null, null)).Status,
            (await backplane.JoinAsync(ann.Connection, Some.Room, default)).Status,
            (await backplane.RejoinAsync(ann.Connection, Some.Room, null)).Status,
            await backplane.LeaveAsync(ann.Connection, Some.Room),
            (await rig.PublishAsync("a", ann.Connection)).Status,
            (await backplane.SendAsync(Some.Ann, Some.Reliable())).Status,
            (await backplane.SendAsync(ann.Connection, Some.Reliable())).Status,
            (await backplane.ReadAsync(ann.Connection, FeedId.Of(Some.Room), default)).Status,
            (await backplane.ReadAsync(ann.Connection, FeedId.Of(Some.Ann), default)).Status,
            (await backplane.ReadAsync(ann.Connection, FeedId.Of(ann.Connection), default)).Status,
            (await backplane.PresenceAsync(ann.Connection, Some.Room)).Status,
            await backplane.SetStateAsync(ann.Connection, Some.Room, default),
        ];
        await backplane.DetachAsync(ann.Connection, 1);

        Assert.All(statuses, static status => Assert.Equal(BackplaneStatus.Unavailable, status));
    }

    [Fact]
    public void Fault_OfOurs_IsNotTheClusters()
    {
        Assert.False(ClusterFaults.IsAway(new InvalidOperationException()));
        Assert.False(ClusterFaults.IsAway(new FormatException()));
        Assert.False(ClusterFaults.IsAway(new OperationCanceledException()));
    }
}
