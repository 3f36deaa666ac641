using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchboard.Node.Tests.Testing;
using Switchboard.Testing.Programs;

namespace Switchboard.Node.Tests;

public sealed class StartupTests
{
    [Fact]
    public async Task Start_ToldToStopMeanwhile_EndsAsAfterIt()
    {
        // What a signal does, at a moment that no signal could be sent at for sure.
        using BuiltHosts hosts = new(
            static host => host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication());

        int exitCode = await Startup.RunAsync(
            ["--urls", "http://127.0.0.1:0", $"--Switchboard:Cluster:Gateways:0={Ports.Free()}"]);

        Assert.Equal(0, exitCode);
    }
}
