using Microsoft.Extensions.Hosting;
using Orleans.Runtime;
using Switchboard.Core.Backplane;
using Switchboard.Grains.Rooms;

namespace Switchboard.Grains.Nodes;

/// <summary>What this silo knows of itself, and how it is told to stop.</summary>
internal sealed class LocalNode(
    ILocalSiloDetails silo, LocalRooms rooms, IHostApplicationLifetime lifetime, TimeProvider time)
    : ILifecycleParticipant<ISiloLifecycle>
{
    private static readonly string Version = NodeVersion.Of(typeof(LocalNode).Assembly);

    private long _started;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(LocalNode),
        ServiceLifecycleStage.Active,
        _ =>
        {
            _started = time.GetUtcNow().ToUnixTimeMilliseconds();
            return Task.CompletedTask;
        });

    /// <param name="activations">How many grains are in memory here; null where that could not be asked.</param>
    public NodeReport Report(long? activations) => new(
        silo.SiloAddress.Endpoint.ToString(),
        Version,
        _started,
        lifetime.ApplicationStopping.IsCancellationRequested,
        new NodeFigures
        {
            Rooms = rooms.Count,
            Activations = activations,
            Memory = Environment.WorkingSet,
            Cpu = Environment.CpuUsage.TotalTime,
        });

    /// <summary>The program stops as it does on SIGTERM: what is here moves to other silos first. Returns at once.</summary>
    public void Stop() => ThreadPool.UnsafeQueueUserWorkItem(static lifetime => lifetime.StopApplication(), lifetime, preferLocal: false);
}
