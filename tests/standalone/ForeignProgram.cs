using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Switchboard.Standalone.Tests;

/// <summary>Runs a program of another make, in the folder <c>clients</c>.</summary>
internal static class ForeignProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs it to its end, which must be a good one.</summary>
    public static async Task RunAsync(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = Clients(),
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource limit = new(Patience);
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, $"{program} failed: {await output}{await errors}");
    }

    private static string Clients([CallerFilePath] string file = "") =>
        Path.Combine(Path.GetDirectoryName(file)!, "clients");
}
