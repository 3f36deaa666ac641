using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Switchboard.ClientScenarios.Tests.Cluster;

namespace Switchboard.ClientScenarios.Tests.Acting;

/// <summary>A scenario that is being played, by all SDKs at once: one kill serves all of them.</summary>
internal sealed class Stage(ScenarioCluster cluster, IReadOnlyList<Party> parties)
{
    private readonly ConcurrentDictionary<string, ExceptionDispatchInfo> _failures = [];

    public ScenarioCluster Cluster => cluster;

    /// <summary>Has every SDK do something, at the same time. One that fails is out of the scenario; the others go on.</summary>
    public Task EachAsync(Func<Party, Task> act) => Task.WhenAll(
        [.. parties.Where(party => !_failures.ContainsKey(party.Sdk)).Select(party => TryAsync(party, act))]);

    /// <summary>Everybody goes, whether or not all went well.</summary>
    public Task LeaveAsync() => Task.WhenAll([.. parties.Select(party => TryAsync(party, each => each.DisposeAsync().AsTask()))]);

    /// <summary>Throws what an SDK failed with first.</summary>
    public void Judge(string sdk)
    {
        if (_failures.TryGetValue(sdk, out ExceptionDispatchInfo? failure))
        {
            failure.Throw();
        }
    }

    // Whatever it is, it is thrown by Judge.
    private async Task TryAsync(Party party, Func<Party, Task> act)
    {
        try
        {
            await act(party);
        }
        catch (Exception failure)
        {
            _failures.TryAdd(party.Sdk, ExceptionDispatchInfo.Capture(failure));
        }
    }
}
