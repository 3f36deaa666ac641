using Switchboard.Client.Session;
using Switchboard.Client.Transports;

namespace Switchboard.Client.Running;

/// <summary>Connects, and connects again, until it is told to stop or there is no point in going on.</summary>
internal sealed class ConnectionLoop : ISessionHost, IAsyncDisposable
{
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(5);

    private readonly SwitchboardClientOptions _options;
    private readonly IReadOnlyList<ITransport> _transports;
    private readonly TransportPicker _picker;
    private readonly ReconnectPolicy _policy;
    private readonly StateKeeper _states;
    private readonly TokenKeeper _tokens;
    private readonly Notifier _notifier;
    private readonly TimeProvider _time;
    private readonly SessionClock _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _timer;
    private volatile LinkRunner? _runner;
    private volatile ILink? _link;
    private bool _isWelcomed;
    private long _welcomed;
    private Task? _running;
    private Task? _ending;

    public ConnectionLoop(
        SwitchboardClientOptions options,
        IReadOnlyList<ITransport> transports,
        IClientEvents client,
        StateKeeper states,
        Notifier notifier,
        Random random)
    {
        _options = options;
        _transports = transports;
        _states = states;
        _notifier = notifier;
        _time = options.TimeProvider;
        _clock = new SessionClock(_time);
        _picker = new TransportPicker(transports.Count);
        _policy = new ReconnectPolicy(options.Reconnect, random, options.TokenProvider is not null);
        Session = new SessionCore(options, this, client, _clock, random);
        _tokens = new TokenKeeper(options, new SessionTokens(Session, this), _stop.Token);
        _timer = _time.CreateTimer(
            static core => ((SessionCore)core!).OnTime(), Session, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public SessionCore Session { get; }

    /// <summary>Begins, if that was not done; ends with the first welcome, or when there will not be one.</summary>
    public Task ConnectAsync()
    {
        lock (Session.Gate)
        {
            Session.ThrowIfClosed();
            if (_running is null)
            {
                _states.Set(new StateChange(ConnectionState.Connecting));
                _running = Task.Run(RunAsync);
            }
        }

        return _connected.Task;
    }

    /// <summary>Says goodbye and ends. Who asks again waits for the same end.</summary>
    public ValueTask DisposeAsync()
    {
        Session.Close(new SwitchboardException(ErrorCodes.Closed, "the client was closed"));
        lock (Session.Gate)
        {
            if (_ending is null)
            {
                _notifier.Drop();
            }

            // Not where the caller is: a thread that draws may stand still for it.
            return new ValueTask(_ending ??= Task.Run(EndAsync));
        }
    }

    public void Wake() => _runner?.Wake();

    public void Arm(long due)
    {
        long now = _clock.Now;
        _timer.Change(TimeSpan.FromTicks(Math.Clamp(due - now, 0, TimeSpan.TicksPerDay)), Timeout.InfiniteTimeSpan);
    }

    public void Break(LinkEnd end) => _runner?.Break(end);

    public void GetToken(RoomSession? room) => _tokens.Get(room);

    public void Tell(Action<object, object?> how, object whom, object? what) => _notifier.Tell(how, whom, what);

    public void OnWelcome()
    {
        _isWelcomed = true;
        _welcomed = _clock.Now;
        _picker.OnWelcome();
        _policy.OnWelcome();
        _states.Set(new StateChange(ConnectionState.Connected));
        _connected.TrySetResult();
    }

    private async Task EndAsync()
    {
        ILink? link = _link;
        await _stop.CancelAsync();
        if (link is not null)
        {
            await SayGoodbyeAsync(link);
        }

        if (_running is not null)
        {
            await _running;
        }

        await _tokens.DisposeAsync();
        await _timer.DisposeAsync();
        _connected.TrySetException(new SwitchboardException(ErrorCodes.Closed, "the client was closed"));
        _ = _connected.Task.Exception;
        _states.Set(new StateChange(ConnectionState.Closed, _isWelcomed ? 1000 : 0));
    }

    // Broken off at once, the goodbye would be lost behind what is still being sent, or with what was not read yet.
    private async Task SayGoodbyeAsync(ILink link)
    {
        using CancellationTokenSource limit = _time.CreateLimit(Goodbye);
        try
        {
            await link.CloseAsync(limit.Token);
            await _running!.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // The server does not answer; the grace period ends it.
        }

        link.Abort();
    }

    private async Task RunAsync()
    {
        try
        {
            while (await GoOnAsync(await AttemptAsync()))
            {
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The program has closed the client.
        }
        catch (Exception e)
        {
            // Nothing is expected here, and nobody awaits this: who uses the client is told.
            Stop(new LinkEnd(LinkEnd.Abnormal, $"the client failed: {e.Message}") { Cause = e });
        }
    }

    private async Task<LinkEnd> AttemptAsync()
    {
        try
        {
            await using ILink link = await OpenAsync();
            LinkRunner runner = new(link, Session, _notifier);
            lock (Session.Gate)
            {
                // Who closes does so under the same lock: either it sees this link, and ends it, or this sees the end.
                if (_ending is not null)
                {
                    throw new OperationCanceledException();
                }

                _runner = runner;
                _link = link;
            }

            Task<LinkEnd> running = runner.RunAsync();
            runner.Wake();
            return await running;
        }
        catch (LinkException e)
        {
            return e.End;
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            return new LinkEnd(LinkEnd.Abnormal, "there was no connection in time") { MayBeTheWay = true };
        }
        finally
        {
            _runner = null;
            _link = null;
        }
    }

    private async ValueTask<ILink> OpenAsync()
    {
        using CancellationTokenSource limit = _time.CreateLimit(_options.ConnectTimeout);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stop.Token);
        await _tokens.RenewAsync(either.Token);
        LinkRequest request = new(_tokens.Current, Session.WriteResume);
        return await _transports[_picker.Current].OpenAsync(request, either.Token);
    }

    private async Task<bool> GoOnAsync(LinkEnd end)
    {
        _stop.Token.ThrowIfCancellationRequested();
        if (_isWelcomed && _clock.Now - _welcomed >= ReconnectPolicy.Lasting.Ticks)
        {
            _policy.OnLasted();
        }

        _welcomed = long.MaxValue;
        if (_picker.OnEnded(end))
        {
            Session.OnBroken(keepsConnection: true);
            return true;
        }

        Decision decision = end.Error is "resume_expired" or "resume_wrong" or "resume_foreign"
            ? new Decision(true, false, TimeSpan.Zero)
            : _policy.Decide(end);
        Session.OnBroken(decision.KeepsConnection);
        if (!decision.IsRetried)
        {
            Stop(end);
            return false;
        }

        _states.Set(new StateChange(
            _isWelcomed ? ConnectionState.Reconnecting : ConnectionState.Connecting, end.Code, end.Reason, decision.Delay));
        await Task.Delay(decision.Delay, _time, _stop.Token);
        return true;
    }

    private void Stop(LinkEnd end)
    {
        string code = end.Error ?? (end.Status == 401 || end.Code == 4503 ? ErrorCodes.Unauthorized
            : end.Status != 0 || end.Code == LinkEnd.Abnormal ? ErrorCodes.Unreachable : ErrorCodes.Closed);
        SwitchboardException error = new(code, $"the connection has ended for good with {end.Code}: {end.Reason}", inner: end.Cause);
        _states.Set(new StateChange(ConnectionState.Closed, end.Code, end.Reason));
        Session.Close(error);
        _connected.TrySetException(error);
        _ = _connected.Task.Exception;
    }
}
