using Orleans.Hosting;
using Switchboard.Grains;

namespace Switchboard.Silo;

/// <summary>The silo's program, for one of your own that has more in it.</summary>
public static class SiloProgram
{
    /// <summary>Runs until told to stop, or for a command such as <c>schema</c>.</summary>
    /// <param name="args">The program's arguments; the settings are those of docs/operations.md.</param>
    /// <param name="configure">Changes what the cluster keeps and allows, such as the kinds of rooms, after the configuration was read.</param>
    /// <param name="build">What else the silo is to have: storages and services for grains of your own.</param>
    /// <returns>The exit code: 0, or 1 when it could not start.</returns>
    public static Task<int> RunAsync(string[] args, Action<GrainOptions>? configure = null, Action<ISiloBuilder>? build = null)
    {
        ArgumentNullException.ThrowIfNull(args);
        return args is ["schema", ..] ? SchemaArguments.RunAsync(args) : Startup.RunAsync(args, configure, build);
    }
}
