using Switchboard.ClientScenarios.Tests.Acting;

namespace Switchboard.ClientScenarios.Tests.Scenarios;

/// <summary>What clients of every SDK must come through.</summary>
/// <param name="Name">Lower case, with dashes.</param>
/// <param name="ActAsync">Plays it, with every SDK at once.</param>
internal sealed record Scenario(string Name, Func<Stage, Task> ActAsync)
{
    /// <summary>Those in which the cluster stays whole: what happens to one client's network does not touch the others,
    /// so they are played side by side.</summary>
    public static IReadOnlyList<Scenario> Calm { get; } =
    [
        new("plain-talk", TalkScenarios.PlainAsync),
        new("without-websocket", TalkScenarios.WithoutWebSocketAsync),
        new("network-cut-for-five-seconds", NetworkScenarios.CutAsync),
        new("silently-dead-socket", NetworkScenarios.SilentAsync),
        new("gap-that-is-not-recovered", NetworkScenarios.GapAsync),
        new("token-expired", TokenScenarios.ExpiredAsync),
        new("token-refused-for-good", TokenScenarios.RefusedAsync),
    ];

    /// <summary>Those that stop or kill nodes: one after another.</summary>
    public static IReadOnlyList<Scenario> Nodes { get; } =
    [
        new("edge-killed", NodeScenarios.EdgeKilledAsync),
        new("edge-draining", NodeScenarios.EdgeDrainingAsync),
        new("silo-killed", NodeScenarios.SiloKilledAsync),
        new("cluster-restarted", NodeScenarios.ClusterRestartedAsync),
    ];
}
