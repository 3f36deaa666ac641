using Switchboard.Testing.Programs;

namespace Switchboard.Standalone.Tests;

/// <summary>Runs programs of other makes.</summary>
internal static class ForeignProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The path of a file in the folder <c>clients</c>.</summary>
    public static string PathOf(string file) => Checkout.PathOf($"tests/standalone/clients/{file}");

    /// <summary>Runs one to its end, which must be a good one.</summary>
    public static async Task RunAsync(string program, params string[] arguments)
    {
        await using RunningProgram running = RunningProgram.Start(program, arguments);
        int exitCode = await running.EndAsync(Patience);
        Assert.True(exitCode == 0, $"{program} failed: {running.Output}");
    }
}
