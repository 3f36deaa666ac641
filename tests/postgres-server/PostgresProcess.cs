using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Switchboard.Testing.Postgres;

/// <summary>The server's process, which root can't be: then it is started as the user postgres.</summary>
internal sealed class PostgresProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PostgresProcess(string program, IEnumerable<string> arguments)
    {
        _process = new Process { StartInfo = Command(program, arguments), EnableRaisingEvents = true };
        _process.ErrorDataReceived += (_, line) => OnLine(line.Data);
        _process.OutputDataReceived += (_, line) => OnLine(line.Data);
        _process.Exited += (_, _) => _ready.TrySetException(
            new InvalidOperationException("PostgreSQL ended:\n" + string.Join('\n', _log)));
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task RunAsync(string program, IEnumerable<string> arguments)
    {
        using Process process = Process.Start(Command(program, arguments))!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync().WaitAsync(Limit);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} failed: {errors}");
        }
    }

    /// <summary>Starts the server, and returns when it takes connections.</summary>
    public static async Task<PostgresProcess> StartAsync(string program, IEnumerable<string> arguments)
    {
        var server = new PostgresProcess(program, arguments);
        server._process.Start();
        server._process.BeginErrorReadLine();
        server._process.BeginOutputReadLine();
        try
        {
            await server._ready.Task.WaitAsync(Limit);
            return server;
        }
        catch (TimeoutException)
        {
            await server.KillAsync();
            server.Dispose();
            throw new TimeoutException("PostgreSQL did not become ready:\n" + string.Join('\n', server._log));
        }
    }

    public async Task StopAsync()
    {
        await SignalAsync("INT", [_process.Id]);
        await EndAsync();
    }

    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            await SignalAllAsync("KILL");
        }

        await EndAsync();
    }

    /// <summary>Sends a signal to the server and to the processes that it has for its connections.</summary>
    public async Task SignalAllAsync(string signal)
    {
        int[] children = Children();
        await SignalAsync(signal, [_process.Id, .. children]);
    }

    public void Dispose() => _process.Dispose();

    private static ProcessStartInfo Command(string program, IEnumerable<string> arguments)
    {
        string[] identity = Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"]
            : [];
        string[] all = [.. identity, program, .. arguments];
        return new ProcessStartInfo(all[0], all[1..])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            // The user postgres may not enter the folder of whoever runs the tests.
            WorkingDirectory = Path.GetTempPath(),
        };
    }

    // A process that has ended meanwhile is no failure: then there is nothing to signal.
    private static async Task SignalAsync(string signal, IEnumerable<int> processes)
    {
        string[] ids = [.. processes.Select(id => id.ToString(CultureInfo.InvariantCulture))];
        var command = new ProcessStartInfo("kill", ["-s", signal, .. ids]) { RedirectStandardError = true };
        using Process kill = Process.Start(command)!;
        await kill.WaitForExitAsync().WaitAsync(Limit);
    }

    private Task EndAsync() => _process.WaitForExitAsync().WaitAsync(Limit);

    private int[] Children()
    {
        string list = $"/proc/{_process.Id}/task/{_process.Id}/children";
        return File.Exists(list)
            ? [.. File.ReadAllText(list)
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(id => int.Parse(id, CultureInfo.InvariantCulture))]
            : [];
    }

    private void OnLine(string? line)
    {
        if (line is null)
        {
            return;
        }

        _log.Enqueue(line);
        if (line.Contains("database system is ready to accept connections", StringComparison.Ordinal))
        {
            _ready.TrySetResult();
        }
    }
}
