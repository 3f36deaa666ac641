using System.Globalization;
using Switchboard.Testing.Programs;

namespace Switchboard.Deployment.Tests.Running;

/// <summary>cluster.sh with a private folder and ports of its own.</summary>
internal sealed class ClusterScript
{
    private const int Block = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly int _first = Ports.FreeRange(5 * Block);
    private readonly Dictionary<string, string> _environment;

    public ClusterScript(string folder)
    {
        _environment = new Dictionary<string, string>
        {
            ["SWITCHBOARD_RUN"] = folder,
            ["CONFIGURATION"] = Checkout.Configuration,
            ["BUILD"] = "0",
            ["POSTGRES_PORT"] = Text(_first),
            ["HTTP_PORT"] = Text(HttpPort),
            ["SILO_PORT"] = Text(_first + (2 * Block)),
            ["GATEWAY_PORT"] = Text(_first + (3 * Block)),
            ["HEALTH_PORT"] = Text(_first + (4 * Block)),
        };
    }

    /// <summary>Has the nodes that are started from now on export what they see, and a part of the publishes traced.</summary>
    public void ExportTo(string endpoint)
    {
        _environment["Switchboard__Telemetry__Endpoint"] = endpoint;
        _environment["Switchboard__Telemetry__Period"] = "00:00:02";
        _environment["Switchboard__Telemetry__SamplingRatio"] = "0.1";
        _environment["OTEL_BSP_SCHEDULE_DELAY"] = "500";
    }

    /// <summary>Of the database, which asks for no password.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={Text(_first)};Username=switchboard;Database=switchboard";

    /// <summary>nginx's.</summary>
    public int HttpPort => _first + Block;

    /// <summary>Of an edge, from 1.</summary>
    public int EdgePort(int number) => HttpPort + number;

    /// <summary>Where a silo, from 1, answers for its health.</summary>
    public int HealthPort(int number) => _first + (4 * Block) + number;

    /// <summary>Runs a command to its end.</summary>
    public async Task<(int ExitCode, string Output)> TryAsync(string command, params IEnumerable<KeyValuePair<string, string>> environment)
    {
        await using RunningProgram script = RunningProgram.Start(
            Checkout.PathOf("cluster.sh"), command.Split(' '), [.. _environment, .. environment]);
        int exitCode = await script.EndAsync(Patience);
        return (exitCode, script.Output);
    }

    /// <summary>Runs a command, which must succeed; what it printed.</summary>
    public async Task<string> RunAsync(string command)
    {
        (int exitCode, string output) = await TryAsync(command);
        Assert.True(exitCode == 0, $"./cluster.sh {command}:\n{output}");
        return output;
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
