using Switchboard.ClientScenarios.Tests.Driving;
using Switchboard.ClientScenarios.Tests.Scenarios;

namespace Switchboard.ClientScenarios.Tests;

/// <summary>
/// One list of scenarios, which every SDK must come through on a cluster of three silos and two edges: no message is lost
/// or doubled, and where one can't be had, that is told.
/// </summary>
public sealed class ClientScenarioTests(ScenarioRuns runs) : IClassFixture<ScenarioRuns>
{
    public static TheoryData<string, string> All()
    {
        TheoryData<string, string> all = [];
        foreach (Scenario scenario in Scenario.Calm.Concat(Scenario.Nodes))
        {
            foreach (string sdk in DriverProcess.Sdks)
            {
                all.Add(scenario.Name, sdk);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public Task Clients_InAScenario_LoseAndDoubleNothing(string scenario, string sdk) => runs.JudgeAsync(scenario, sdk);
}
