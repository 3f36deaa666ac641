using Switchboard.ClientScenarios.Tests.Acting;
using Switchboard.ClientScenarios.Tests.Cluster;
using Switchboard.ClientScenarios.Tests.Driving;
using Switchboard.ClientScenarios.Tests.Scenarios;

namespace Switchboard.ClientScenarios.Tests;

/// <summary>One cluster and one driver of each SDK, and what has been played with them: each scenario once.</summary>
public sealed class ScenarioRuns : IAsyncLifetime
{
    private readonly Dictionary<string, DriverProcess> _drivers = [];
    private readonly Dictionary<string, Task<Stage>> _played = [];
    private ScenarioCluster? _cluster;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        try
        {
            _cluster = await ScenarioCluster.StartAsync();
            foreach (string sdk in DriverProcess.Sdks)
            {
                _drivers[sdk] = DriverProcess.Start(sdk);
            }
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
        foreach (DriverProcess driver in _drivers.Values)
        {
            await driver.DisposeAsync();
        }

        if (_cluster is { } cluster)
        {
            await cluster.DisposeAsync();
        }
    }

    /// <summary>Plays a scenario if it was not played yet, and throws what the SDK has failed with.</summary>
    public async Task JudgeAsync(string scenario, string sdk)
    {
        if (!_played.ContainsKey(scenario))
        {
            // Those that stop nodes have the cluster for themselves, and begin with a whole one.
            Task others = Task.WhenAll(_played.Values);
            await others.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _cluster!.StartNodesAsync();
            Scenario? alone = Scenario.Nodes.FirstOrDefault(one => one.Name == scenario);
            foreach (Scenario each in alone is null ? Scenario.Calm : [alone])
            {
                _played[each.Name] = PlayAsync(each);
            }
        }

        (await _played[scenario]).Judge(sdk);
    }

    private async Task<Stage> PlayAsync(Scenario scenario)
    {
        Pulse pulse = new();
        Party[] parties =
            [.. _drivers.Select(driver => new Party(driver.Key, scenario.Name, driver.Value, _cluster!, pulse))];
        Stage stage = new(_cluster!, parties);
        try
        {
            await scenario.ActAsync(stage);
        }
        finally
        {
            await stage.LeaveAsync();
        }

        return stage;
    }
}
