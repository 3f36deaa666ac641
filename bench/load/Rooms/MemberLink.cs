using Switchboard.Load.Crowds;
using Switchboard.Load.Dialects;
using Switchboard.Load.Sockets;

namespace Switchboard.Load.Rooms;

/// <summary>A member that receives, counts, and checks that nothing is missing, doubled or out of order.</summary>
internal sealed class MemberLink : ScriptedLink
{
    private readonly RoomTally _tally;
    private long _expected;

    public MemberLink(Loop loop, Greeting greeting, RoomTally tally, Action ready, int receiveBuffer = 0)
        : base(loop, greeting, ready, receiveBuffer) => _tally = tally;

    /// <summary>Messages received while it was reading.</summary>
    public long Received { get; private set; }

    /// <summary>Whether this member has been told to stop reading once. It then may be closed, and counts
    /// apart.</summary>
    public bool Stalled { get; private set; }

    /// <summary>Messages received since it stalled.</summary>
    public long ReceivedSinceStall { get; private set; }

    /// <summary>How the server ended the connection, null while it has not: a close code, 1006 for an end without a
    /// close frame, 0 for a reset.</summary>
    public int? Ending { get; private set; }

    /// <summary>Sends <paramref name="message"/> unless it is empty.</summary>
    public void KeepAlive(ReadOnlySpan<byte> message)
    {
        if (!message.IsEmpty && !Stalled)
        {
            QueueMessage(message);
            Flush();
        }
    }

    /// <summary>Stops reading.</summary>
    public void Stall()
    {
        Stalled = true;
        SetReading(false);
    }

    /// <summary>Reads again.</summary>
    public void Resume()
    {
        if (Ending is null)
        {
            SetReading(true);
        }
    }

    protected override void OnRecord(ReadOnlySpan<byte> record)
    {
        if (!Stamp.TryRead(record, out var sentAt, out var number))
        {
            return;
        }

        if (Stalled)
        {
            ReceivedSinceStall++;
            return;
        }

        if (number != _expected)
        {
            _tally.OutOfOrder++;
        }

        _expected = number + 1;
        Received++;
        _tally.Delivered++;
        _tally.Latency.Record(ReceivedAt - sentAt);
    }

    protected override void OnClosed(int code)
    {
        if (!Stalled)
        {
            throw new LoadException($"the server closed a member that was reading: {code}");
        }

        Ending = code;
    }
}
