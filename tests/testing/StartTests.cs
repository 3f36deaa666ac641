using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Switchboard.Testing.Tests;

/// <summary>A cluster that does not come up leaves nothing behind.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Silo_ThatFailsToStart_LeavesNoOtherRunning()
    {
        Lock gate = new();
        List<SiloPulse> pulses = [];

        await Assert.ThrowsAnyAsync<Exception>(() => SwitchboardCluster.StartAsync(silos: 2, edges: 0, options =>
            options.ConfigureSilo = silo =>
            {
                lock (gate)
                {
                    if (pulses.Count == 1)
                    {
                        throw new InvalidOperationException("on purpose");
                    }

                    SiloPulse pulse = new();
                    pulses.Add(pulse);
                    silo.Services.AddSingleton<IHostedService>(_ => pulse);
                }
            }));

        Assert.Equal((true, true), (pulses[0].HasStarted, pulses[0].HasEnded));
    }

    private sealed class SiloPulse : IHostedService, IDisposable
    {
        public bool HasStarted { get; private set; }

        public bool HasEnded { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            HasStarted = true;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() => HasEnded = true;
    }
}
