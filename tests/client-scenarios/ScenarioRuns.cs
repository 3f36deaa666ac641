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
        if (Scenario.Nodes.FirstOrDefault(each => each.Name == scenario) is { } one)
        {
            // Nobody else may be at it meanwhile.
            await Task.WhenAll(_played.Values);
            Play(one);
        }
        else
        {
            foreach (Scenario calm in Scenario.Calm)
            {
                Play(calm);
            }
        }

        (await _played[scenario]).Judge(sdk);
    }

    private void Play(Scenario scenario)
    {
        if (!_played.ContainsKey(scenario.Name))
        {
            _played[scenario.Name] = PlayAsync(scenario);
        }
    }

    private async Task<Stage> PlayAsync(Scenario scenario)
    {
        Party[] parties = [.. _drivers.Select(driver => new Party(driver.Key, scenario.Name, driver.Value, _cluster!))];
        Stage stage = new(_cluster!, parties);
        try
        {
            await scenario.ActAsync(stage);
        }
        finally
        {
            await stage.LeaveAsync();
            if (Scenario.Nodes.Contains(scenario))
            {
                await _cluster!.StartNodesAsync();
            }
        }

        return stage;
    }
}
