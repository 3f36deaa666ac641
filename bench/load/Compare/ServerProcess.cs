using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Switchboard.Load.Compare;

/// <summary>A server that this program started on a free port, and stops, with its children, by process id.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const int KeptErrorLines = 20;
    private static readonly TimeSpan _startBound = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _pollInterval = TimeSpan.FromMilliseconds(20);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly Lock _stopping = new();
    private readonly Action _cleanUp;
    private bool _stopped;

    private ServerProcess(ProcessStartInfo start, int port, Action cleanUp)
    {
        Port = port;
        _cleanUp = cleanUp;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    public int Pid => _process.Id;

    /// <summary>Starts <paramref name="command"/> and returns once it listens on <paramref name="port"/>.
    /// <paramref name="cleanUp"/> runs after it has stopped.</summary>
    public static ServerProcess Start(IReadOnlyList<string> command, int port, Action? cleanUp = null)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The same surroundings for every server, whatever the caller's are.
        foreach (var name in start.Environment.Keys.Where(IsSetting).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["Logging__LogLevel__Default"] = "None";
        var server = new ServerProcess(start, port, cleanUp ?? (() => { }));
        try
        {
            server.WaitUntil(server.Listens, $"does not start: {string.Join(' ', command)}");
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until something about the process comes true.</summary>
    /// <exception cref="LoadException">It has ended, or takes too long; with <paramref name="failure"/> and its last errors.</exception>
    public void WaitUntil(Func<bool> isMet, string failure)
    {
        var started = Stopwatch.GetTimestamp();
        while (!isMet())
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(started) > _startBound)
            {
                throw new LoadException($"{failure}\n{string.Join('\n', _errors)}");
            }

            _process.WaitForExit(_pollInterval);
        }
    }

    public Uri Url(string path) => new($"ws://127.0.0.1:{Port}{path}");

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        Stop();
        _process.Dispose();
    }

    private static bool IsSetting(string name) =>
        name.StartsWith("DOTNET_gc", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("DOTNET_Tiered", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase);

    private void OnExit(object? sender, EventArgs arguments) => Stop();

    private void Stop()
    {
        // This program may be told to end while it is about to end by itself.
        lock (_stopping)
        {
            if (!_stopped)
            {
                _process.Kill(entireProcessTree: true);
                _process.WaitForExit();
                _cleanUp();
                _stopped = true;
            }
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _errors.Enqueue(line);
            if (_errors.Count > KeptErrorLines)
            {
                _errors.TryDequeue(out _);
            }
        }
    }

    private bool Listens()
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
