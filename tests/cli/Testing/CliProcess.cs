using Switchboard.Testing.Programs;

namespace Switchboard.Cli.Tests.Testing;

/// <summary>The program, as a process of its own, with its output redirected.</summary>
internal sealed class CliProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly RunningProgram _program;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private CliProcess(string[] arguments)
    {
        // Who runs the tests in the background may have Ctrl+C ignored, which children inherit.
        _program = RunningProgram.StartTalking(
            "env",
            ["-u", "SWITCHBOARD_URL", "-u", "SWITCHBOARD_TOKEN", "-u", "SWITCHBOARD_API_KEY", "--default-signal=INT",
                "dotnet", Path.Combine(AppContext.BaseDirectory, "switchboard.dll"), .. arguments],
            OnLine);
    }

    /// <summary>Starts it.</summary>
    public static CliProcess Start(params string[] arguments) => new(arguments);

    /// <summary>Runs it to its end, without input.</summary>
    public static Task<CliResult> RunAsync(params string[] arguments) => RunWithInputAsync([], arguments);

    /// <summary>Runs it to its end, with these lines as its input.</summary>
    public static async Task<CliResult> RunWithInputAsync(string[] input, params string[] arguments)
    {
        await using CliProcess process = new(arguments);
        try
        {
            foreach (string line in input)
            {
                await process._program.SayAsync(line);
            }

            process._program.EndInput();
        }
        catch (IOException)
        {
            // It has ended without reading.
        }

        return process.Result(await process._program.EndAsync());
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
                throw new TimeoutException($"waited in vain for {what}; there was: {string.Join('\n', _lines)}\n{_program.Output}");
            }
        }
    }

    /// <summary>Presses Ctrl+C, and waits for the end.</summary>
    public async Task<CliResult> InterruptAsync() => Result(await _program.InterruptAsync());

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    // What its listener takes is its standard output, so the rest is its standard error.
    private CliResult Result(int exitCode)
    {
        lock (_gate)
        {
            return new CliResult(exitCode, [.. _lines], _program.Output.Split('\n')[..^1]);
        }
    }

    private bool OnLine(string line)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            _lines.Add(line);
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.TrySetResult();
        return true;
    }
}
