using System.Diagnostics;
using System.Globalization;

namespace Switchboard.Cli.Tests.Testing;

/// <summary>The program, as a process of its own, with its output redirected.</summary>
internal sealed class CliProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly List<string> _errors = [];
    private readonly Process _process;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private CliProcess(string[] arguments)
    {
        ProcessStartInfo start = new("env")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in new[] { "SWITCHBOARD_URL", "SWITCHBOARD_TOKEN", "SWITCHBOARD_API_KEY" })
        {
            start.Environment.Remove(name);
        }

        // Who runs the tests in the background may have Ctrl+C ignored, which children inherit.
        foreach (string argument in (string[])
            ["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "switchboard.dll"), .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => OnLine(_lines, line.Data);
        _process.ErrorDataReceived += (_, line) => OnLine(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts it.</summary>
    public static CliProcess Start(params string[] arguments) => new(arguments);

    /// <summary>Runs it to its end, without input.</summary>
    public static Task<CliResult> RunAsync(params string[] arguments) => RunWithInputAsync("", arguments);

    /// <summary>Runs it to its end.</summary>
    public static async Task<CliResult> RunWithInputAsync(string input, params string[] arguments)
    {
        await using CliProcess process = new(arguments);
        try
        {
            await process._process.StandardInput.WriteAsync(input);
            process._process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended without reading.
        }

        return await process.EndAsync();
    }

    /// <summary>Waits for a line of its standard output.</summary>
    public async Task<string> LineAsync(Func<string, bool> isIt, string what)
    {
        using CancellationTokenSource limit = new(Patience);
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_lines.Find(line => isIt(line)) is { } found)
                {
                    return found;
                }

                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"waited in vain for {what}; there was: {string.Join('\n', _lines.Concat(_errors))}");
            }
        }
    }

    /// <summary>Presses Ctrl+C, and waits for the end.</summary>
    public async Task<CliResult> InterruptAsync()
    {
        using Process kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        return await EndAsync();
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

    private async Task<CliResult> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        lock (_gate)
        {
            return new CliResult(_process.ExitCode, [.. _lines], [.. _errors]);
        }
    }

    private void OnLine(List<string> lines, string? line)
    {
        if (line is null)
        {
            return;
        }

        TaskCompletionSource changed;
        lock (_gate)
        {
            lines.Add(line);
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.TrySetResult();
    }
}
