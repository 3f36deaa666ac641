using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Switchboard.Testing.Programs;

/// <summary>A program as a process of its own, with what it writes.</summary>
public sealed partial class RunningProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private RunningProgram(
        string program,
        IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string>> environment,
        Func<string, bool>? onLine = null)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = onLine is not null,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Checkout.Root,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => OnLine(line.Data, onLine);
        _process.ErrorDataReceived += (_, line) => OnLine(line.Data, null);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it has written so far; without what its listener took.</summary>
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

    /// <summary>Whether it is gone.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Starts a program in the checkout's folder.</summary>
    public static RunningProgram Start(
        string program, IEnumerable<string> arguments, params IEnumerable<KeyValuePair<string, string>> environment) =>
        new(program, arguments, environment);

    /// <summary>Starts one of ours, on the runtime of these tests.</summary>
    public static RunningProgram StartDotnet(
        string assembly, IEnumerable<string> arguments, params IEnumerable<KeyValuePair<string, string>> environment) =>
        new("dotnet", [assembly, .. arguments], environment);

    /// <summary>Starts one that is talked to: each line of its standard output is given to the listener, one after
    /// another, which says whether it took it, and <see cref="SayAsync"/> writes to its standard input.</summary>
    public static RunningProgram StartTalking(string program, IEnumerable<string> arguments, Func<string, bool> onLine) =>
        new(program, arguments, [], onLine);

    /// <summary>Writes a line to a program that is talked to. One at a time.</summary>
    public async Task SayAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Ends the input of a program that is talked to.</summary>
    public void EndInput() => _process.StandardInput.Close();

    /// <summary>Waits for the end; the exit code.</summary>
    /// <param name="patience">A minute by default; any time with <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <exception cref="TimeoutException">It does not end in time.</exception>
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
    public Task<int> StopAsync() => EndByAsync("-TERM");

    /// <summary>Presses Ctrl+C; the exit code.</summary>
    public Task<int> InterruptAsync() => EndByAsync("-INT");

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
    /// <exception cref="InvalidOperationException">It has ended.</exception>
    /// <exception cref="TimeoutException">It did not say so for a minute.</exception>
    public async Task SaysAsync(string what, Func<string, bool> holds)
    {
        ArgumentNullException.ThrowIfNull(holds);
        DateTime deadline = DateTime.UtcNow + Patience;
        while (!holds(Output))
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"it ended before it said {what}:\n{Output}");
            }

            if (DateTime.UtcNow >= deadline)
            {
                throw new TimeoutException($"it did not say {what}, but:\n{Output}");
            }

            await Task.Delay(Poll);
        }
    }

    /// <summary>Waits until it listens; the first address that it names.</summary>
    /// <exception cref="InvalidOperationException">It has ended.</exception>
    /// <exception cref="TimeoutException">It did not listen for a minute.</exception>
    public async Task<Uri> ListensAsync()
    {
        await SaysAsync("where it listens", static output => Listening().IsMatch(output));
        return new Uri(Listening().Match(Output).Groups[1].Value);
    }

    /// <summary>Kills it, with what it has started, if it runs still.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await EndAsync();
        _process.Dispose();
    }

    private async Task<int> EndByAsync(string signal)
    {
        using Process kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        return await EndAsync();
    }

    [GeneratedRegex(@"Now listening on: (\S+)")]
    private static partial Regex Listening();

    private void OnLine(string? line, Func<string, bool>? listener)
    {
        if (line is null || listener?.Invoke(line) == true)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
