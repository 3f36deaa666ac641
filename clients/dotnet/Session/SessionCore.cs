using System.Text.Json;
using Switchboard.Client.Wire;

namespace Switchboard.Client.Session;

/// <summary>
/// The state of a client: it takes what is asked for, what comes, what breaks, and the time; and says what is to be done.
/// It does no I/O and reads no clock but the one that it was given.
/// </summary>
internal sealed class SessionCore
{
    private readonly ISessionHost _host;
    private readonly SessionClock _clock;
    private readonly Pacer _pacer = new();
    private readonly Heartbeat _heartbeat = new();
    private readonly SessionEvents _events;
    private readonly long _connectTimeout;
    private SwitchboardException? _closed;
    private ServerLimits _limits = ServerLimits.Unknown;
    private long _turn;
    private LinkPhase _phase;
    private bool _takesConnect;
    private bool _needsHeartbeat;
    private bool _connectSent;
    private bool _pings;
    private long _welcomeDue;
    private long _armed = Pending.Never;
    private long _lastId;

    public SessionCore(SwitchboardClientOptions options, ISessionHost host, IClientEvents client, SessionClock clock, Random random)
    {
        _host = host;
        _clock = clock;
        _connectTimeout = options.ConnectTimeout.Ticks;
        MessageFields fields = new();
        Outbox = new Outbox(options.Outbox, random, host.Wake);
        Rooms = new SessionRooms(Outbox, host, client, NextId);
        Feeds = new OwnFeeds(Outbox, host, client, fields, NextId);
        _events = new SessionEvents(this, host, fields);
        CommandTimeout = options.CommandTimeout.Ticks;
    }

    /// <summary>Guards all of it.</summary>
    public Lock Gate { get; } = new();

    public Outbox Outbox { get; }

    public SessionRooms Rooms { get; }

    public OwnFeeds Feeds { get; }

    /// <summary>Ticks that a command may take.</summary>
    public long CommandTimeout { get; }

    public long Now => _clock.Now;

    public TimeProvider Time => _clock.Time;

    public string? ConnectionId { get; private set; }

    public string? User { get; private set; }

    /// <summary>Whether a welcome has ever come.</summary>
    public bool WasConnected => ConnectionId is not null;

    /// <summary>Higher each time: a resume that arrives behind a later one must not win.</summary>
    public long NextTurn() => ++_turn;

    /// <summary>With what the connection is resumed; null for a new one.</summary>
    public string? ResumeToken { get; private set; }

    /// <summary>Whether it is over.</summary>
    public bool IsClosed => _closed is not null;

    /// <summary>Whether a welcome has come over the link that there is.</summary>
    public bool IsConnected => _phase == LinkPhase.Connected;

    /// <summary>The id of the connect that waits for its answer.</summary>
    public long ConnectId { get; private set; }

    public long NextId() => Interlocked.Increment(ref _lastId);

    /// <summary>Takes a command that waits for its turn.</summary>
    /// <exception cref="SwitchboardException">The client is closed, or more waits than may.</exception>
    public void Add(Pending command)
    {
        lock (Gate)
        {
            ThrowIfClosed();
            command.Deadline = _clock.Now + CommandTimeout;
            Outbox.Add(command);
            Arm(command.Deadline);
        }

        _host.Wake();
    }

    /// <summary>Takes a message. Nobody keeps a volatile one for a connection that is not there.</summary>
    /// <exception cref="SwitchboardException">The client is closed, or more waits than may.</exception>
    public void Publish(PendingPublish message)
    {
        if (message.Delivery == Delivery.Volatile && !IsConnected)
        {
            ThrowIfClosed();
            message.Complete(default);
            return;
        }

        Add(message);
    }

    /// <summary>Takes the next step with a room, where there is a connection to take it on.</summary>
    public void Advance(RoomSession room)
    {
        lock (Gate)
        {
            if (_phase == LinkPhase.Connected)
            {
                Rooms.Advance(room);
                // What waited for the room may go now.
                _host.Wake();
            }
        }
    }

    /// <summary>Takes back what is not wanted any more; false where it was answered already.</summary>
    public bool TryRemove(Pending command)
    {
        lock (Gate)
        {
            return Outbox.TryRemove(command);
        }
    }

    /// <exception cref="SwitchboardException">The client is closed.</exception>
    public void ThrowIfClosed()
    {
        if (_closed is { } closed)
        {
            throw new SwitchboardException(closed.Code, closed.Message, inner: closed.InnerException);
        }
    }

    /// <summary>A link is open; its connect comes next.</summary>
    public void OnOpened(bool takesConnect, bool needsHeartbeat)
    {
        lock (Gate)
        {
            if (_closed is not null)
            {
                return;
            }

            _phase = LinkPhase.Connecting;
            _takesConnect = takesConnect;
            _needsHeartbeat = needsHeartbeat;
            _connectSent = !takesConnect;
            _welcomeDue = _clock.Now + _connectTimeout;
            Arm(_welcomeDue);
        }
    }

    /// <summary>The link has ended. What was on its way waits for another.</summary>
    /// <param name="keepsConnection">Whether the connection may be resumed.</param>
    public void OnBroken(bool keepsConnection)
    {
        lock (Gate)
        {
            _phase = LinkPhase.None;
            _heartbeat.Stop();
            _pings = false;
            Feeds.OnBroken();
            Outbox.OnBroken();
            if (!keepsConnection)
            {
                ResumeToken = null;
            }
        }
    }

    /// <summary>It is over.</summary>
    public void Close(SwitchboardException reason)
    {
        lock (Gate)
        {
            if (_closed is not null)
            {
                return;
            }

            _closed = reason;
            _phase = LinkPhase.None;
            _heartbeat.Stop();
            Outbox.Fail(reason);
            foreach (RoomSession room in Rooms.All)
            {
                room.Close(reason);
            }
        }
    }

    public void OnEvent(ReadOnlyMemory<byte> message, bool isBinary)
    {
        lock (Gate)
        {
            if (_phase == LinkPhase.None)
            {
                return;
            }

            _heartbeat.OnHeard(_clock.Now);
            _events.Take(message, isBinary);
        }
    }

    public void OnHeard()
    {
        lock (Gate)
        {
            _heartbeat.OnHeard(_clock.Now);
        }
    }

    /// <summary>The reading pauses, because the program is behind; or goes on.</summary>
    public void OnPaused(bool isPaused)
    {
        lock (Gate)
        {
            if (_phase == LinkPhase.Connected && _needsHeartbeat)
            {
                _heartbeat.Begin(_limits.Interval, isPaused ? 0 : _limits.Timeout, _clock.Now);
                Arm(_heartbeat.Due);
            }
        }
    }

    /// <summary>Puts into a batch what is to be sent now.</summary>
    public void Fill(OutgoingBatch batch, int mostCommands)
    {
        lock (Gate)
        {
            if (_phase == LinkPhase.Connecting && !_connectSent)
            {
                _connectSent = true;
                WriteConnect(batch);
            }
            else if (_phase == LinkPhase.Connected)
            {
                if (_pings)
                {
                    _pings = false;
                    batch.Add("""{"type":"ping"}"""u8, isBinary: false);
                }

                Arm(Outbox.Fill(batch, _pacer, _clock.Now, mostCommands, _limits.MessageBytes));
            }
        }
    }

    /// <summary>A time has come that the host was asked to call back at.</summary>
    public void OnTime()
    {
        lock (Gate)
        {
            long now = _clock.Now;
            _armed = Pending.Never;
            Outbox.Expire(now, WasConnected);
            switch (_heartbeat.Check(now))
            {
                case HeartbeatStep.Ping:
                    _pings = true;
                    break;
                case HeartbeatStep.GiveUp:
                    _heartbeat.Stop();
                    _host.Break(new LinkEnd(LinkEnd.Abnormal, "nothing was heard of the server for its heartbeat's time-out"));
                    break;
            }

            if (_phase == LinkPhase.Connecting && now >= _welcomeDue)
            {
                _host.Break(new LinkEnd(LinkEnd.Abnormal, "the server did not answer the connect in time") { MayBeTheWay = true });
            }

            Arm(Math.Min(Outbox.Deadline, _heartbeat.Due));
            if (_phase == LinkPhase.Connecting && now < _welcomeDue)
            {
                Arm(_welcomeDue);
            }
        }

        _host.Wake();
    }

    /// <summary>Writes what a connect, and each request of a link of HTTP requests, says of the session.</summary>
    public void WriteResume(Utf8JsonWriter json, bool withPresence)
    {
        lock (Gate)
        {
            if (ResumeToken is not null)
            {
                ResumeWriter.Write(json, this, withPresence);
            }
        }
    }

    /// <summary>The connect was answered.</summary>
    public void OnWelcome(JsonElement welcome)
    {
        bool isAgain = _phase == LinkPhase.Connected;
        bool resumed = welcome.Flag("resumed") == true;
        ConnectionId = welcome.Text("connection");
        User = welcome.Text("user");
        ResumeToken = welcome.Text("resume");
        welcome.TryGetProperty("rooms", out JsonElement rooms);
        Feeds.OnWelcome(welcome.GetProperty("positions"), isAgain, _clock.Now + CommandTimeout);
        if (isAgain)
        {
            Rooms.OnWelcomeAgain(rooms);
            return;
        }

        _phase = LinkPhase.Connected;
        _limits = ServerLimits.Read(welcome);
        _pacer.Begin(_limits.Rate, _limits.Burst, _clock.Now);
        if (_needsHeartbeat)
        {
            _heartbeat.Begin(_limits.Interval, _limits.Timeout, _clock.Now);
        }

        Rooms.OnWelcome(resumed, rooms);
        Arm(Math.Min(Outbox.Deadline, _heartbeat.Due));
        _host.OnWelcome();
        _host.Wake();
    }

    /// <summary>The connect was refused.</summary>
    /// <param name="code">Of the error.</param>
    /// <param name="text">Why, for people.</param>
    /// <param name="pause">How long the server asks to wait.</param>
    public void OnConnectRefused(string code, string text, TimeSpan pause)
    {
        if (code is "resume_expired" or "resume_wrong" or "resume_foreign")
        {
            ResumeToken = null;
            if (_takesConnect)
            {
                _connectSent = false;
                _host.Wake();
            }
            else
            {
                _host.Break(new LinkEnd(LinkEnd.Renewed, text) { Error = code });
            }

            return;
        }

        _host.Break(new LinkEnd(CloseCodeOf(code), text) { Error = code, RetryAfter = pause });
    }

    /// <summary>Lets the host call back at a time, if it does not do so before.</summary>
    public void Arm(long due)
    {
        if (due < _armed)
        {
            _armed = due;
            _host.Arm(due);
        }
    }

    // What the server closes a socket with behind such an error; a stream just ends.
    private static int CloseCodeOf(string code) => code switch
    {
        ErrorCodes.Unavailable or ErrorCodes.TooFast or "internal" => 1013,
        ErrorCodes.Unauthorized => 4503,
        ErrorCodes.Banned => 4505,
        _ => 4506,
    };

    private void WriteConnect(OutgoingBatch batch)
    {
        PooledBuffer bytes = new(1024);
        CommandWriter writer = CommandWriter.Rent();
        ConnectId = NextId();
        Utf8JsonWriter json = writer.Begin(bytes, "connect"u8, ConnectId);
        if (ResumeToken is not null)
        {
            ResumeWriter.Write(json, this, withPresence: false);
        }

        writer.End();
        writer.Return();
        batch.Add(bytes.Span, isBinary: false);
        bytes.Release();
    }
}
