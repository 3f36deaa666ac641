using Switchboard.Node.Cluster;

namespace Switchboard.Node;

/// <summary>Takes the edge into the cluster while the program already listens, and out of it once its sockets are closed.</summary>
internal sealed class NodeService(
    ClusterConnector connector, ClientCluster cluster, OrleansBackplane backplane, IHostApplicationLifetime lifetime)
    : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Why the program has to stop; null where it was told to.</summary>
    public string? Problem { get; private set; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = RunAsync();
        return Task.CompletedTask;
    }

    /// <summary>The web server, which was started later, has stopped by now.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running;
        await backplane.StopAsync();
        await connector.DisposeAsync();
    }

    public void Dispose() => _stop.Dispose();

    private async Task RunAsync()
    {
        try
        {
            cluster.Connect(await connector.ConnectAsync(_stop.Token));
            await backplane.StartAsync(_stop.Token);
            Problem = await backplane.Lease.Refused.WaitAsync(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            Problem = e.Message;
        }

        lifetime.StopApplication();
    }
}
