using Microsoft.Extensions.Logging;

namespace Switchboard.Gateway.Identity.Tokens.Keys;

/// <summary>
/// A key set that changes: read anew by interval, and at once, though not too often, when a token names a key that is
/// not in it. While it can't be had, the last one counts.
/// </summary>
internal sealed partial class RotatingKeys : IKeySource, IDisposable
{
    private readonly Func<Task<byte[]>> _fetch;
    private readonly bool _secrets;
    private readonly string _name;
    private readonly TimeSpan _pause;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private volatile IReadOnlyList<TokenKey>? _keys;
    private Task? _running;
    private long? _looked;

    /// <param name="name">What it is called in logs.</param>
    /// <param name="fetch">Gets the set. It fails with an IOException, HttpRequestException or TaskCanceledException.</param>
    /// <param name="secrets">Whether secrets in it count.</param>
    /// <param name="options">How often it is read.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where it says that it can't be had.</param>
    public RotatingKeys(
        string name, Func<Task<byte[]>> fetch, bool secrets, JwksOptions options, TimeProvider time, ILogger logger)
    {
        _name = name;
        _fetch = fetch;
        _secrets = secrets;
        _pause = options.UnknownKeyPause;
        _time = time;
        _logger = logger;
        _timer = time.CreateTimer(
            static self => _ = ((RotatingKeys)self!).StartAsync(), this, options.Refresh, options.Refresh);
    }

    public IReadOnlyList<TokenKey>? Keys => _keys;

    public async ValueTask<bool> RefreshAsync()
    {
        Task running;
        lock (_gate)
        {
            bool soon = _looked is { } looked && _time.GetElapsedTime(looked) < _pause;
            if (soon && _running is null)
            {
                return false;
            }

            running = _running ?? StartAsync();
        }

        await running;
        return true;
    }

    public void Dispose() => _timer.Dispose();

    // One at a time; whoever asks meanwhile waits for it. It runs elsewhere, not under this lock.
    private Task StartAsync()
    {
        lock (_gate)
        {
            if (_running is null)
            {
                _looked = _time.GetTimestamp();
                _running = Task.Run(ReadAsync);
            }

            return _running;
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            IReadOnlyList<TokenKey>? keys = JwksReader.Read(await _fetch(), _secrets);
            if (keys is null)
            {
                LogMalformed(_logger, _name);
            }
            else
            {
                _keys = keys;
            }
        }
        catch (Exception e) when (
            e is HttpRequestException or IOException or UnauthorizedAccessException or TaskCanceledException)
        {
            LogUnreachable(_logger, e, _name);
        }
        finally
        {
            lock (_gate)
            {
                _running = null;
            }
        }
    }
}
