using Switchboard.Load.Sockets;
using Switchboard.Load.WebSockets;

namespace Switchboard.Load.Echo;

/// <summary>Keeps a number of messages in flight: each echo is answered with the next one.</summary>
internal sealed class EchoLink : WebSocketLink
{
    private readonly EchoOptions _options;
    private readonly EchoTally _tally;
    private readonly Action _ready;
    private readonly EchoPattern _pattern;
    private readonly long[] _sentAt;
    private readonly byte[] _frame;
    private long _sent;
    private long _received;

    public EchoLink(Loop loop, EchoOptions options, EchoTally tally, int number, Action ready)
        : base(loop, options.Url)
    {
        _options = options;
        _tally = tally;
        _ready = ready;
        _pattern = new EchoPattern(number, options.Size, options.Text);
        _sentAt = new long[options.Inflight];
        _frame = _pattern.Frame(0);
    }

    protected override void OnOpened()
    {
        _ready();
        for (var i = 0; i < _options.Inflight; i++)
        {
            SendNext();
        }
    }

    protected override void OnMessage(ReadOnlySpan<byte> message)
    {
        if (message.Length != _options.Size || (_options.Verify && !_pattern.Matches(_received, message)))
        {
            throw new LoadException($"echo {_received} differs from what was sent");
        }

        _tally.Latency.Record(ReceivedAt - _sentAt[_received % _sentAt.Length]);
        _tally.Messages++;
        _received++;
        SendNext();
    }

    private void SendNext()
    {
        _sentAt[_sent % _sentAt.Length] = ReceivedAt;
        Queue(_options.Verify ? _pattern.Frame(_sent) : _frame);
        _sent++;
    }
}
