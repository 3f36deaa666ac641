using System.Text;
using Switchboard.Load.Crowds;
using Switchboard.Load.Dialects;
using Switchboard.Load.Rooms;
using Switchboard.Load.Sockets;

namespace Switchboard.Load.Publish;

/// <summary>A member that ends the run unless each message is its publisher's next, at an offset higher than the
/// last.</summary>
internal sealed class ReceiverLink : ScriptedLink
{
    private readonly Feed _feed;
    private readonly PublishTally _tally;
    private readonly Ledger[] _received;
    private long _offset;

    public ReceiverLink(
        Loop loop, Greeting greeting, Feed feed, PublishTally tally, int publishers, Action ready)
        : base(loop, greeting, ready)
    {
        _feed = feed;
        _tally = tally;
        _received = new Ledger[publishers];
    }

    /// <summary>What came, by publisher.</summary>
    public IReadOnlyList<Ledger> Received => _received;

    protected override void OnRecord(ReadOnlySpan<byte> record)
    {
        if (!_feed.TryReadMessage(record, out var offset) || !Stamp.TryRead(record, out var sentAt, out var number))
        {
            throw new LoadException($"a receiver got {Encoding.UTF8.GetString(record)}");
        }

        var (publisher, sequence) = Origin.Split(number);
        if (publisher >= _received.Length || sequence != _received[publisher].Count || offset <= _offset)
        {
            throw new LoadException(
                $"out of order: message {sequence} of publisher {publisher} at offset {offset}, after {_offset}");
        }

        _offset = offset;
        _received[publisher].Enter(sequence, offset);
        _tally.Delivered++;
        _tally.Delivery.Record(ReceivedAt - sentAt);
    }
}
