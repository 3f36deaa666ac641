using System.Diagnostics;
using System.Text;
using Switchboard.Load.Crowds;
using Switchboard.Load.Dialects;
using Switchboard.Load.Sockets;

namespace Switchboard.Load.Publish;

/// <summary>A publisher that answers all acknowledgements of one read with one write of as many publishes, or
/// publishes by somebody else's clock.</summary>
internal sealed class PipelineLink : ScriptedLink
{
    /// <summary>By the clock this many may be unacknowledged; more would say only that the server has stopped.</summary>
    public const int MaxUnacknowledged = 4096;

    private readonly PublishFrame _frame;
    private readonly PublishTally _tally;
    private readonly int _index;

    // When each was sent; 0 where none is awaited.
    private readonly long[] _sentAt = new long[MaxUnacknowledged];
    private Ledger _acknowledged;
    private int _inflight;

    /// <summary>The <paramref name="index"/> is the publisher's own within its room.</summary>
    public PipelineLink(
        Loop loop, Greeting greeting, PublishFrame frame, PublishTally tally, int index, Action ready)
        : base(loop, greeting, ready)
    {
        _frame = frame;
        _tally = tally;
        _index = index;
    }

    public long Published { get; private set; }

    /// <summary>What was acknowledged.</summary>
    public Ledger Acknowledged => _acknowledged;

    /// <summary>Whether one more may be published by the clock.</summary>
    public bool HasRoom => _sentAt[Published % MaxUnacknowledged] == 0;

    /// <summary>Keeps <paramref name="inflight"/> publishes unacknowledged from here on; 0 stops.</summary>
    public void Keep(int inflight)
    {
        _inflight = inflight;
        Refill(Stopwatch.GetTimestamp());
        Flush();
    }

    /// <summary>Queues one publish, which counts from <paramref name="sentAt"/>.</summary>
    public void Publish(long sentAt)
    {
        ref var slot = ref _sentAt[Published % MaxUnacknowledged];
        if (slot != 0)
        {
            throw new LoadException($"no acknowledgement of a publish that {MaxUnacknowledged} others have followed");
        }

        slot = sentAt;
        Queue(_frame.Set(Published, sentAt, Origin.Of(_index, Published)));
        Published++;
        _tally.Published++;
    }

    /// <summary>Sends what <see cref="Publish"/> queued.</summary>
    public void Send() => Flush();

    protected override void OnRecord(ReadOnlySpan<byte> record)
    {
        if (Feed.TryReadAcknowledgement(record, out var id, out var offset))
        {
            Acknowledge(id - PublishFrame.FirstId, offset);
            Refill(ReceivedAt);
        }
        else if (!record.StartsWith("""{"type":"message","""u8))
        {
            throw new LoadException($"a publisher got {Encoding.UTF8.GetString(record)}");
        }
    }

    private void Acknowledge(long sequence, long offset)
    {
        if (sequence < 0 || sequence >= Published || _sentAt[sequence % MaxUnacknowledged] == 0
            || sequence < Published - MaxUnacknowledged)
        {
            throw new LoadException($"publish {sequence} was acknowledged, but was not awaited");
        }

        ref var slot = ref _sentAt[sequence % MaxUnacknowledged];
        _tally.Ack.Record(ReceivedAt - slot);
        _tally.Acknowledged++;
        _acknowledged.Enter(sequence, offset);
        slot = 0;
    }

    private void Refill(long now)
    {
        while (Published - _acknowledged.Count < _inflight)
        {
            Publish(now);
        }
    }
}
