using Microsoft.Extensions.Logging;
using Switchboard.Gateway.Listening;
using Switchboard.Gateway.WebSockets;
using Switchboard.Protocol.Envelope;

namespace Switchboard.Gateway;

/// <summary>
/// Empties an edge that goes on running: nobody is let in any more, and who is there is closed with 1001, one after
/// another in an order by chance, so that the other edges are not all asked at once.
/// </summary>
public sealed partial class EdgeDrain : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly WebSocketGateway _gateway;
    private readonly TimeSpan _over;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly ILogger<EdgeDrain> _logger;
    private readonly Lock _gate = new();
    private WebSocketConnection[] _leaving = [];
    private int _closed;
    private long _begun;
    private ITimer? _timer;

    internal EdgeDrain(
        WebSocketGateway gateway, TimeSpan over, TimeProvider time, Random random, ILogger<EdgeDrain> logger)
    {
        _gateway = gateway;
        _over = over;
        _time = time;
        _random = random;
        _logger = logger;
    }

    /// <summary>Why clients should not be sent here; null where they can.</summary>
    public string? NotReady => _gateway.Gatekeeper.IsStopping ? "this edge is draining" : null;

    /// <summary>Begins; once. Returns before anybody is closed.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            if (_timer is not null)
            {
                return;
            }

            // Who comes in at this moment is closed by the gateway itself.
            _gateway.Gatekeeper.Stop();
            _leaving = [.. _gateway.Connections];
            _random.Shuffle(_leaving);
            _begun = _time.GetTimestamp();
            LogDraining(_logger, _leaving.Length, _over);
            _timer = _time.CreateTimer(static drain => ((EdgeDrain)drain!).Next(), this, TimeSpan.Zero, Step);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    private void Next()
    {
        lock (_gate)
        {
            double share = _over == TimeSpan.Zero ? 1 : (_time.GetElapsedTime(_begun) + Step) / _over;
            int until = share >= 1 ? _leaving.Length : (int)(_leaving.Length * share);
            for (; _closed < until; _closed++)
            {
                _leaving[_closed].Close(CloseReason.GoingAway);
            }

            if (_closed == _leaving.Length)
            {
                _leaving = [];
                _closed = 0;
                _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
