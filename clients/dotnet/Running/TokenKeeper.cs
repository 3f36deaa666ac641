using Switchboard.Client.Session;

namespace Switchboard.Client.Running;

/// <summary>Gets tokens from the program, and gives fresh ones to the server.</summary>
internal sealed class TokenKeeper(SwitchboardClientOptions options, SessionTokens tokens, CancellationToken stop) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _under = [];
    private volatile string? _token = options.Token;

    public string? Current() => _token;

    /// <summary>Asks for a token, where there is somebody to ask.</summary>
    /// <exception cref="Transports.LinkException">There is none now.</exception>
    public async ValueTask RenewAsync(CancellationToken cancellationToken)
    {
        if (options.TokenProvider is null)
        {
            return;
        }

        try
        {
            _token = await AskAsync(options.TokenProvider, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            // Whatever the program's own code throws, a time-out of its own included: it may do better at the next attempt.
            throw new Transports.LinkException(new LinkEnd(LinkEnd.Abnormal, $"the token provider failed: {e.Message}") { Cause = e });
        }
    }

    /// <summary>Gets a token for the connection or for a room, and gives it where it is needed.</summary>
    public void Get(RoomSession? room)
    {
        Task task = Task.Run(() => room is null ? RefreshAsync() : GetForRoomAsync(room), CancellationToken.None);
        lock (_gate)
        {
            _under.RemoveWhere(static one => one.IsCompleted);
            _under.Add(task);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task[] all;
        lock (_gate)
        {
            all = [.. _under];
        }

        await Task.WhenAll(all);
    }

    // Who does not heed the end of the waiting is left behind.
    private static Task<string> AskAsync(Func<CancellationToken, ValueTask<string>> provider, CancellationToken cancellationToken) =>
        provider(cancellationToken).AsTask().WaitAsync(cancellationToken);

    private async Task RefreshAsync()
    {
        try
        {
            await RenewAsync(stop);
            if (options.TokenProvider is not null)
            {
                tokens.Refresh(_token!);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or Transports.LinkException)
        {
            // Without a fresh token the server closes, and the next attempt asks for one.
        }
    }

    private async Task GetForRoomAsync(RoomSession room)
    {
        string? token = null;
        SwitchboardException? error = null;
        try
        {
            token = await AskAsync(room.Options.Token!, stop) ?? throw new InvalidOperationException("none was given");
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // The client is closed, which whoever waits for the room was told.
            return;
        }
        catch (Exception e)
        {
            // Whatever the program's own code throws goes to whoever waits for the room.
            error = new SwitchboardException(ErrorCodes.Unauthorized, $"there is no token for the room '{room.Name}': {e.Message}", inner: e);
        }

        tokens.Give(room, token, error);
    }
}
