using Switchboard.Telemetry.Receiving;

namespace Switchboard.Deployment.Tests.Running;

/// <summary>One cluster of three silos and two edges for all tests of the collection; each leaves it whole.</summary>
public sealed class RunningCluster : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "switchboard-test-" + Path.GetRandomFileName());

    public RunningCluster()
    {
        Script = new ClusterScript(_folder);
    }

    internal ClusterScript Script { get; }

    /// <summary>Where the nodes export to.</summary>
    internal OtlpReceiver Telemetry { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Telemetry = await OtlpReceiver.StartAsync();
        Script.ExportTo(Telemetry.Endpoint);
        try
        {
            await Script.RunAsync("up");
        }
        catch
        {
            // xunit does not dispose of what did not come up.
            await DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await Script.RunAsync("down");
        await Telemetry.DisposeAsync();
        Assert.False(Directory.Exists(_folder), "./cluster.sh down leaves nothing behind");
    }
}
