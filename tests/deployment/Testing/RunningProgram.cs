using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Switchboard.Deployment.Tests.Testing;

/// <summary>A program as a process of its own, with what it writes.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private RunningProgram(string program, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Checkout.Root,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
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

    public bool HasEnded => _process.HasExited;

    public static RunningProgram Start(
        string program, IEnumerable<string> arguments, params IEnumerable<KeyValuePair<string, string>> environment) =>
        new(program, arguments, environment);

    /// <summary>One of ours, on the runtime of these tests.</summary>
    public static RunningProgram StartDotnet(
        string assembly, IEnumerable<string> arguments, params IEnumerable<KeyValuePair<string, string>> environment) =>
        new("dotnet", [assembly, .. arguments], environment);

    /// <summary>Waits for the end; the exit code.</summary>
    public async Task<int> EndAsync(TimeSpan? patience = null)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(patience ?? Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"it does not end; it said:\n{Output}");
        }

        return _process.ExitCode;
    }

    /// <summary>Asks it to stop, as an operator does; the exit code.</summary>
    public async Task<int> StopAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        return await EndAsync();
    }

    /// <summary>Kills it, as a crash does.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await EndAsync();
    }

    /// <summary>Waits until what it has written holds, and fails where it ends before.</summary>
    public async Task SaysAsync(string what, Func<string, bool> holds)
    {
        DateTime deadline = DateTime.UtcNow + Patience;
        while (!holds(Output))
        {
            Assert.False(_process.HasExited, $"it ended before it said {what}:\n{Output}");
            Assert.True(DateTime.UtcNow < deadline, $"it did not say {what}, but:\n{Output}");
            await Task.Delay(Poll);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void OnLine(string? line)
    {
        if (line is not null)
        {
            lock (_output)
            {
                _output.AppendLine(line);
            }
        }
    }
}
