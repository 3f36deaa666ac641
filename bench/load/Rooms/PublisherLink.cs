using System.Diagnostics;
using Switchboard.Load.Crowds;
using Switchboard.Load.Dialects;
using Switchboard.Load.Measuring;
using Switchboard.Load.Sockets;

namespace Switchboard.Load.Rooms;

/// <summary>Publishes by acknowledgement, a fixed number in flight, or by the clock at a fixed rate.</summary>
internal sealed class PublisherLink : ScriptedLink
{
    // By the clock this many may be unacknowledged; more would say only that the server has stopped.
    private const int MaxUnacknowledged = 1 << 16;

    private readonly Dialect _dialect;
    private readonly byte[] _data;
    private readonly long[] _sentAt = new long[MaxUnacknowledged];
    private int _inflight;
    private double _ticksPerMessage;
    private long _nextDue;

    /// <summary><paramref name="size"/> is the length of the published string, in bytes.</summary>
    public PublisherLink(Loop loop, Dialect dialect, int size, Action ready)
        : base(loop, dialect.Publisher(), ready)
    {
        _dialect = dialect;
        _data = new byte[size];
    }

    public long Published { get; private set; }

    public long Acknowledged { get; private set; }

    /// <summary>From publishing to acknowledgement.</summary>
    public Histogram Latency { get; } = new();

    /// <summary>Keeps <paramref name="inflight"/> publishes unacknowledged from here on; 0 stops.</summary>
    public void Keep(int inflight)
    {
        _inflight = inflight;
        PublishDue(Stopwatch.GetTimestamp());
        Flush();
    }

    /// <summary>Publishes <paramref name="rate"/> messages a second from here on, by calls to <see
    /// cref="Tick"/>.</summary>
    public void Pace(int rate)
    {
        _ticksPerMessage = (double)Stopwatch.Frequency / rate;
        _nextDue = Stopwatch.GetTimestamp();
        _inflight = MaxUnacknowledged;
    }

    /// <summary>Publishes what is due by now. A late message carries the time at which it was due.</summary>
    public void Tick()
    {
        var now = Stopwatch.GetTimestamp();
        while (_ticksPerMessage > 0 && _nextDue <= now && Published - Acknowledged < _inflight)
        {
            Publish(_nextDue);
            _nextDue += (long)_ticksPerMessage;
        }

        Flush();
    }

    protected override void OnRecord(ReadOnlySpan<byte> record)
    {
        if (!_dialect.TryReadAcknowledgement(record, out var id))
        {
            return;
        }

        Latency.Record(ReceivedAt - _sentAt[(id ?? Acknowledged) % MaxUnacknowledged]);
        Acknowledged++;
        if (_ticksPerMessage == 0)
        {
            PublishDue(ReceivedAt);
        }
    }

    private void PublishDue(long now)
    {
        while (Published - Acknowledged < _inflight)
        {
            Publish(now);
        }
    }

    private void Publish(long sentAt)
    {
        _sentAt[Published % MaxUnacknowledged] = sentAt;
        Stamp.Write(_data, sentAt, Published);
        QueueMessage(_dialect.Publish(Published, _data));
        Published++;
    }
}
