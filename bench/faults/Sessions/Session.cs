using System.Diagnostics;
using System.Net.Sockets;
using Switchboard.Faults.Protocol;

namespace Switchboard.Faults.Sessions;

/// <summary>A user with one connection, which comes back by itself when its socket ends: on the next edge, after a
/// random pause that grows from 100 ms to 1 s.</summary>
internal abstract class Session(RunContext context, string user, int edge) : IDisposable
{
    private const int ShortestPause = 100;
    private const int LongestPause = 1000;
    private static readonly TimeSpan _openBound = TimeSpan.FromSeconds(10);

    private SessionLink? _link;
    private int _edge = edge;
    private int _attempts;
    private long _dialAt = Stopwatch.GetTimestamp();
    private long _openBy;
    private long _id;

    /// <summary>Whether it is in its rooms, and the socket is open.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Whether it will not come back.</summary>
    public bool IsOver { get; private set; }

    public string User => user;

    protected RunContext Context => context;

    /// <summary>When the last socket ended, in Stopwatch ticks; 0 once the session is ready again.</summary>
    protected long DroppedAt { get; private set; }

    /// <summary>Silence after which the socket is given up, as the server's heartbeat tells.</summary>
    protected TimeSpan SilenceBound { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Does what the clock asks for. To be called some dozens of times a second.</summary>
    public void Tick(long now)
    {
        if (IsOver)
        {
            return;
        }

        if (_link is null)
        {
            if (now >= _dialAt)
            {
                Dial(now);
            }
        }
        else if (!IsReady && now > _openBy)
        {
            GiveUp("not ready within 10 s");
        }
        else if (IsReady && now - _link.HeardAt > SilenceBound.TotalSeconds * Stopwatch.Frequency)
        {
            GiveUp("silent");
        }
        else
        {
            OnTick(now);
        }
    }

    /// <summary>Closes with 1000: the connection leaves its rooms at once.</summary>
    public void Close()
    {
        IsOver = true;
        IsReady = false;
        _link?.SendClose();
    }

    public void Dispose() => _link?.Dispose();

    public void OnOpened(SessionLink link)
    {
        // During the link's own construction nothing arrives, so that it is known here.
        Debug.Assert(link == _link, "a socket that is not the session's was opened");
        SendConnect();
    }

    public void OnMessage(SessionLink link, ReadOnlySpan<byte> message)
    {
        if (link == _link)
        {
            OnEvent(ServerEvent.Read(message), message, link.HeardAt);
        }
    }

    public void OnEnded(SessionLink link)
    {
        if (link == _link)
        {
            Drop(link.Ending!);
        }
    }

    /// <summary>Sends the command that connects or resumes.</summary>
    protected abstract void SendConnect();

    /// <summary>An event. The span dies with the call.</summary>
    protected abstract void OnEvent(in ServerEvent read, ReadOnlySpan<byte> message, long receivedAt);

    /// <summary>The socket has ended. Returns whether to come back.</summary>
    protected abstract bool OnDropped();

    protected abstract void OnTick(long now);

    protected long NextId() => ++_id;

    protected void Send(ReadOnlySpan<byte> command) => _link?.Send(command);

    /// <summary>It is in its rooms.</summary>
    protected void SetReady()
    {
        IsReady = true;
        DroppedAt = 0;
        _attempts = 0;
    }

    /// <summary>It has to get ready again on the same socket.</summary>
    protected void SetUnready(long now)
    {
        IsReady = false;
        _openBy = now + (long)(_openBound.TotalSeconds * Stopwatch.Frequency);
    }

    /// <summary>Ends the socket from this side, without a close frame, and comes back.</summary>
    protected void GiveUp(string why)
    {
        if (_link is not null)
        {
            Drop(why);
        }
    }

    /// <summary>A random pause in Stopwatch ticks: 100 to 200 ms after the first failure, up to 1 s after the
    /// fourth.</summary>
    protected long Pause(int attempt)
    {
        var most = Math.Min(LongestPause, ShortestPause << Math.Min(attempt + 1, 4));
        return context.Random.Next(ShortestPause, most + 1) * Stopwatch.Frequency / 1000;
    }

    private void Dial(long now)
    {
        var url = new Uri($"{context.Edges[_edge]}?user={Uri.EscapeDataString(user)}");
        SetUnready(now);
        try
        {
            var link = new SessionLink(this, context.Loop, url);
            if (link.Ending is { } ending)
            {
                link.Dispose();
                OnFailedDial(ending);
            }
            else
            {
                _link = link;
            }
        }
        catch (SocketException exception)
        {
            OnFailedDial($"{exception.SocketErrorCode}");
        }
    }

    private void OnFailedDial(string why)
    {
        context.Tally.FailedDials.Add(why);
        ComeBack();
    }

    private void Drop(string why)
    {
        var wasReady = IsReady;
        var link = _link;
        _link = null;
        IsReady = false;
        if (IsOver)
        {
            link?.Dispose();
            return;
        }

        if (wasReady)
        {
            DroppedAt = Stopwatch.GetTimestamp();
            context.Tally.Disconnects.Add(why);
        }
        else
        {
            context.Tally.FailedDials.Add(why);
        }

        link?.Dispose();
        IsOver = !OnDropped();
        ComeBack();
    }

    private void ComeBack()
    {
        _edge = (_edge + 1) % context.Edges.Count;
        _dialAt = Stopwatch.GetTimestamp() + Pause(_attempts++);
    }
}
