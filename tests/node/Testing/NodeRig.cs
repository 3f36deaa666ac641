using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Tests.Testing;
using Switchboard.GrainInterfaces.Edges;
using Switchboard.Node.Rooms;

namespace Switchboard.Node.Tests.Testing;

/// <summary>An edge's backplane with fake grains and fake time.</summary>
internal sealed class NodeRig : IAsyncDisposable
{
    public NodeRig(PublishLimits? limits = null, IMeterFactory? meters = null)
    {
        Backplane = new OrleansBackplane(
            Cluster, "edge", Time, new SeededRandom(1), NullLoggerFactory.Instance, meters, limits);
        Backplane.Attach(Edge);
    }

    public FakeCluster Cluster { get; } = new();

    public FakeTime Time { get; } = new();

    public RecordingEdge Edge { get; } = new();

    public OrleansBackplane Backplane { get; }

    public IEdgeSink Sink => Backplane.Sinks[0];

    public static async Task<NodeRig> StartAsync(PublishLimits? limits = null, IMeterFactory? meters = null)
    {
        NodeRig rig = new(limits, meters);
        await rig.Backplane.StartAsync();
        return rig;
    }

    /// <summary>Opens a connection; its grain is to be found in the cluster.</summary>
    public async Task<(OpenResult Opened, FakeConnection Grain)> OpenAsync(UserName? user = null)
    {
        OpenResult opened = await Backplane.OpenAsync(user ?? Some.Ann);
        Assert.Equal(BackplaneStatus.Ok, opened.Status);
        return (opened, Cluster.ConnectionOf(opened.Connection));
    }

    /// <summary>Opens a connection that is a member of the room.</summary>
    public async Task<(OpenResult Opened, FakeConnection Grain)> JoinAsync(UserName? user = null)
    {
        (OpenResult opened, FakeConnection grain) = await OpenAsync(user);
        JoinResult joined = await Backplane.JoinAsync(opened.Connection, Some.Room, new JoinOptions(null, true, Some.Bytes("{}")));
        Assert.Equal(BackplaneStatus.Ok, joined.Status);
        return (opened, grain);
    }

    public Task<PublishResult> PublishAsync(string text, ConnectionId? from = null, string? key = null) => Backplane.PublishAsync(
        Some.Room, Some.Reliable(text, key, from is { } sender ? new Sender(Some.Ann, sender) : null)).AsTask();

    // A graceful stop would wait by a clock that stands still.
    public ValueTask DisposeAsync() => new(Backplane.KillAsync());
}
