using Switchboard.Testing.Programs;

namespace Switchboard.Deployment.Tests.Programs;

/// <summary>deploy/partitions.sh, which takes minutes and network namespaces: that it reads its arguments, and says what it has.</summary>
public sealed class PartitionScriptTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Script_WithAnUnknownName_SaysWhichThereAre()
    {
        await using RunningProgram script = RunningProgram.Start(
            Checkout.PathOf("deploy/partitions.sh"), ["lossy", "earthquake"], []);

        Assert.Equal(1, await script.EndAsync(Patience));
        Assert.Equal(
            "partitions.sh: there is no earthquake; there are silo-alone silo-from-silos silo-with-edge edge-from-silos edge-from-silo "
            + "database lossy\n",
            script.Output);
    }
}
