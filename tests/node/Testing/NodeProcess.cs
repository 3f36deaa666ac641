using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Switchboard.Node.Tests.Testing;

/// <summary>The program, as a process of its own, on a free loopback port, with no cluster to be found.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private NodeProcess(string[] arguments)
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // Not the build's folder: the program finds what it needs beside itself.
            WorkingDirectory = Path.GetTempPath(),
        };
        string[] all = [Path.Combine(AppContext.BaseDirectory, "Switchboard.Node.dll"), "--urls", "http://127.0.0.1:0", .. arguments];
        foreach (string argument in all)
        {
            start.ArgumentList.Add(argument);
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => OnLine(line.Data);
        _process.ErrorDataReceived += (_, line) => OnLine(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts it, and waits until it listens.</summary>
    public static async Task<(NodeProcess Program, Uri Address)> StartAsync(params string[] arguments)
    {
        NodeProcess program = new(arguments);
        Task exited = program._process.WaitForExitAsync();
        if (await Task.WhenAny(program._listening.Task, exited, Task.Delay(Patience)) != program._listening.Task)
        {
            await program.DisposeAsync();
            throw new InvalidOperationException($"the program did not start: {program.Output}");
        }

        return (program, await program._listening.Task);
    }

    /// <summary>Runs it to its end, for arguments that it can't run with.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        await using NodeProcess program = new(arguments);
        await program._process.WaitForExitAsync().WaitAsync(Patience);
        return (program._process.ExitCode, program.Output);
    }

    /// <summary>Asks it to stop, as an operator does, and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>Waits until it has written something.</summary>
    public async Task SaysAsync(string text)
    {
        DateTime deadline = DateTime.UtcNow + Patience;
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            Assert.True(DateTime.UtcNow < deadline, $"it did not say '{text}', but: {Output}");
            await Task.Delay(10);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync().WaitAsync(Patience);
        _process.Dispose();
    }

    private void OnLine(string? line)
    {
        const string Listening = "Now listening on: ";
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        int at = line.IndexOf(Listening, StringComparison.Ordinal);
        if (at >= 0)
        {
            _listening.TrySetResult(new Uri(line[(at + Listening.Length)..]));
        }
    }
}
