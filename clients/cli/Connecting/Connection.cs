using Switchboard.Client;

namespace Switchboard.Cli.Connecting;

/// <summary>
/// A client for one command. What a program would wait for, a person wants to know: the first attempt that fails is an
/// error. Later breaks heal, with a notice.
/// </summary>
internal sealed class Connection : IAsyncDisposable
{
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<StateChange> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Uri _url;
    private readonly Action<string> _notify;
    private bool _isBroken;

    private Connection(SwitchboardClientOptions options, Action<string> notify)
    {
        _url = options.Url;
        _notify = notify;
        Client = new SwitchboardClient(options);
        Client.StateChanged += OnStateChanged;
    }

    public SwitchboardClient Client { get; }

    /// <summary>Connects.</summary>
    /// <param name="options">Of the client.</param>
    /// <param name="notify">Takes a line for people when the connection breaks, and when it is there again.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="CliException">The server could not be reached.</exception>
    /// <exception cref="SwitchboardException">It refused.</exception>
    public static async Task<Connection> OpenAsync(
        SwitchboardClientOptions options, Action<string> notify, CancellationToken cancellationToken)
    {
        Connection connection = new(options, notify);
        try
        {
            Task connected = connection.Client.ConnectAsync(cancellationToken);
            await await Task.WhenAny(connected, connection._failed.Task);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the client is told why it has ended.</summary>
    /// <returns>What says so.</returns>
    public async Task<CliException> EndAsync(CancellationToken cancellationToken)
    {
        StateChange end = await _ended.Task.WaitAsync(cancellationToken);
        return new CliException($"the connection has ended with {end.CloseCode}: {end.Reason}");
    }

    public ValueTask DisposeAsync() => Client.DisposeAsync();

    private void OnStateChanged(StateChange change)
    {
        switch (change.State)
        {
            case ConnectionState.Connecting when change.WillRetry:
                _failed.TrySetException(new CliException($"no connection to {_url}: {change.Reason}"));
                _ = _failed.Task.Exception;
                break;
            case ConnectionState.Reconnecting when !_isBroken:
                _isBroken = true;
                _notify($"the connection broke ({change.CloseCode}: {change.Reason}): trying again");
                break;
            case ConnectionState.Connected when _isBroken:
                _isBroken = false;
                _notify("connected again");
                break;
            case ConnectionState.Closed when change.Reason is not null:
                _ended.TrySetResult(change);
                break;
        }
    }
}
