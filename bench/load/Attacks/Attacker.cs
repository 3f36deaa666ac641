using System.Diagnostics;
using System.Net.Sockets;

namespace Switchboard.Load.Attacks;

/// <summary>Runs one attack on a thread of its own, by the clock, and counts how the server answered.</summary>
internal sealed class Attacker(Attack attack, int port) : IDisposable
{
    private readonly List<AttackSocket> _kept = [];
    private readonly Dictionary<string, int> _answers = [];
    private readonly ManualResetEventSlim _stop = new();
    private AttackSocket? _current;
    private Thread? _thread;

    /// <summary>How many steps have been done.</summary>
    public int Steps { get; private set; }

    /// <summary>What it did. Read it after <see cref="Dispose"/>.</summary>
    public AttackerTally Tally => new(Steps, _answers);

    public void Start()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = attack.Name };
        _thread.Start();
    }

    /// <summary>A socket that is kept open until the end.</summary>
    public AttackSocket Keep()
    {
        var socket = new AttackSocket(port);
        _kept.Add(socket);
        return socket;
    }

    public IReadOnlyList<AttackSocket> Kept => _kept;

    /// <summary>Opens a WebSocket that is gone after the step; false when it was refused.</summary>
    public bool TryVisit(string target, string headers, Action<AttackSocket> visit)
    {
        using var socket = new AttackSocket(port);
        var answer = socket.Upgrade(target, headers);
        Count(answer);
        if (answer == "101")
        {
            visit(socket);
        }

        return answer == "101";
    }

    /// <summary>The connected WebSocket of the step before, or a new one where the server has closed that; null when it
    /// refuses one.</summary>
    public AttackSocket? Connected(string user)
    {
        if (_current?.Read() is { } end)
        {
            Count(end);
            Drop();
        }

        if (_current is null)
        {
            var socket = new AttackSocket(port);
            var answer = socket.Upgrade($"/ws?user={user}", "");
            Count(answer);
            if (answer != "101")
            {
                socket.Dispose();
                return null;
            }

            _current = socket;
        }

        return _current;
    }

    public void Count(string answer) => _answers[answer] = _answers.GetValueOrDefault(answer) + 1;

    public void Dispose()
    {
        _stop.Set();
        _thread?.Join();
        _stop.Dispose();
        foreach (var socket in _kept)
        {
            socket.Dispose();
        }

        Drop();
    }

    private void Run()
    {
        var started = Stopwatch.GetTimestamp();
        while (!_stop.Wait(UntilNext(started)))
        {
            Steps++;
            try
            {
                attack.Step(this);
            }
            catch (SocketException)
            {
                Count("cut");
                Drop();
            }
        }
    }

    // Until the next step is due, or the stop.
    private TimeSpan UntilNext(long started)
    {
        var left = TimeSpan.FromSeconds((double)Steps / attack.StepsPerSecond) - Stopwatch.GetElapsedTime(started);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Drop()
    {
        _current?.Dispose();
        _current = null;
    }
}
