using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Switchboard.Standalone.Tests;

/// <summary>
/// WebSocket libraries of other makes against the running program: text, binary, fragmented, compressed, 1 MiB, close.
/// What they exchange stands in <c>clients/</c>.
/// </summary>
public sealed class ForeignClientTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public Task PythonWebsockets_GetsEverythingBack() =>
        RunAsync("/usr/bin/python3", ["echo_client.py", Base()]);

    [Fact]
    public Task NodeWs_GetsEverythingBack() => RunAsync("node", ["echo_client.mjs", Base()]);

    [Theory]
    [InlineData("plain")]
    [InlineData("deflate")]
    public async Task Libwebsockets_GetsEverythingBack(string compression)
    {
        string program = Path.Combine(Path.GetTempPath(), $"switchboard-lws-{Environment.ProcessId}-{compression}");
        try
        {
            await RunAsync("gcc", ["-O1", "-o", program, "echo_client.c", "-lwebsockets"]);
            await RunAsync(program, [server.Address.Host, $"{server.Address.Port}", compression]);
        }
        finally
        {
            File.Delete(program);
        }
    }

    private string Base() => server.WebSocketAddress.ToString().TrimEnd('/');

    private static async Task RunAsync(string program, string[] arguments)
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
