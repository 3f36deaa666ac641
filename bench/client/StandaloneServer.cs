using System.Diagnostics;

namespace Switchboard.Client.Bench;

/// <summary>The server, as a process of its own on a free port, without a limit on the rate.</summary>
internal sealed class StandaloneServer : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process _process;

    private StandaloneServer(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<StandaloneServer> StartAsync()
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true };
        foreach (string argument in new[]
        {
            Program(), "--urls", "http://127.0.0.1:0",
            "--Switchboard:Gateway:Limits:MessagesPerSecond=0", "--Switchboard:Gateway:Limits:BytesPerSecond=0",
        })
        {
            start.ArgumentList.Add(argument);
        }

        Process process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            int at = line.IndexOf(Listening, StringComparison.Ordinal);
            if (at >= 0)
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new StandaloneServer(process, new Uri(line[(at + Listening.Length)..]));
            }
        }

        throw new InvalidOperationException("edge/standalone ended before it listened");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    // Beside this program's own output: bench/client/bin/<configuration>/net10.0.
    private static string Program()
    {
        DirectoryInfo output = new(AppContext.BaseDirectory);
        string inProject = Path.Combine("bin", output.Parent!.Name, output.Name, "Switchboard.Standalone.dll");
        return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../edge/standalone", inProject));
    }
}
