using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms;
using Switchboard.Gateway.Identity.Grants;
using Switchboard.Gateway.Sessions;
using Switchboard.Gateway.WebSockets;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Events;
using Switchboard.Webhooks.Questions;

namespace Switchboard.Gateway.Fanout;

/// <summary>One session as a receiver of one feed. Everything here runs under its <see cref="LocalFeed"/>'s lock.</summary>
internal sealed class FeedMember(ClientSession session, LocalFeed feed)
{
    // More than this during one join, and the session is told to resume rather than fed from memory without bound.
    private const int MaxHeld = 4096;

    private List<object>? _held;
    private Position _from;
    private Position? _lostThrough;
    private Epoch _epoch;
    private long _presenceVersion;

    public LocalFeed Feed => feed;

    public IEnvelopeCodec Codec => session.Writer.Codec;

    public MemberState State { get; private set; }

    /// <summary>Its place among the feed's members.</summary>
    public int Index { get; set; }

    /// <summary>What the session may do in the room: one look for a publish. Touched by its read loop alone.</summary>
    public Capability Allowed { get; set; } = Capability.All;

    /// <summary>
    /// What the application is asked of a publish to the room; null while that has not been looked up. Touched by the
    /// session's read loop alone.
    /// </summary>
    public Question[]? Questions { get; set; }

    /// <summary>Whether it is told of the other members.</summary>
    public bool WantsPresence { get; set; }

    public void Leave()
    {
        State = MemberState.Gone;
        _held = null;
    }

    public void Hold(IReadOnlyList<FeedEntry> entries)
    {
        _held ??= [];
        if (_held.Count + entries.Count > MaxHeld)
        {
            // Nothing can be told of a loss before the join is answered, so the policy has no choice here.
            session.Connection.Close(CloseReason.SlowConsumer);
            return;
        }

        _held.AddRange(entries);
    }

    /// <summary>Begins to receive: what was missed, then what was held back and lies behind the cut.</summary>
    public void GoLive(in Recovery recovery, PresenceSnapshot? presence)
    {
        State = MemberState.Live;
        _from = recovery.Head;
        _epoch = recovery.Head.Epoch;
        _presenceVersion = presence?.Version ?? 0;
        session.OnRecovered(recovery.Outcome);
        if (recovery.Missed.Count != 0)
        {
            SendOwn(recovery.Missed, recovered: true);
        }

        foreach (object held in _held ?? [])
        {
            switch (held)
            {
                case FeedEntry entry:
                    SendOwn([entry], recovered: false);
                    break;
                case PresenceChange change:
                    ChangePresence(change);
                    break;
                case HeldLoss loss:
                    Lose(loss.Now);
                    break;
            }
        }

        _held = null;
    }

    /// <summary>Sends a batch that was encoded for everyone.</summary>
    public void Deliver(EncodedBatch batch, IReadOnlyList<FeedEntry> entries, bool excepts)
    {
        if (_lostThrough is not null && !TryTellLoss())
        {
            NoteLoss(entries, 0);
            return;
        }

        SharedBuffer buffer = batch.Plain;
        ReadOnlySpan<OutboundFrame> frames = batch.PlainFrames;
        if (session.Writer.Deflate is { } deflate)
        {
            if (!deflate.IsShared)
            {
                SendOwn(entries, recovered: false);
                return;
            }

            buffer = batch.Deflated(deflate, out frames);
        }

        // The whole batch in one piece, but for what this member saw before it joined or is not to receive.
        int start = 0;
        bool whole = !excepts && (entries[0].Offset > _from.Offset || entries[0].Offset == 0);
        for (int i = 0; !whole && i < entries.Count; i++)
        {
            if (!Receives(entries[i]))
            {
                Send(buffer, frames[start..i], entries, start);
                start = i + 1;
            }
        }

        Send(buffer, frames[start..], entries, start);
        session.Connection.Outbound.ScheduleFlush();
    }

    /// <summary>Says that the feed goes on after a position, and what was not seen before it is lost.</summary>
    public void Lose(Position now)
    {
        if (State == MemberState.Joining)
        {
            (_held ??= []).Add(new HeldLoss(now));
        }
        else if (now.Epoch != _epoch || now.Offset > _from.Offset)
        {
            _epoch = now.Epoch;
            _from = now;
            _lostThrough = now;
            TellLoss();
        }
    }

    public void ChangePresence(PresenceChange change)
    {
        if (!WantsPresence)
        {
            return;
        }

        if (State == MemberState.Joining)
        {
            (_held ??= []).Add(change);
        }
        else if (change.Version > _presenceVersion)
        {
            _presenceVersion = change.Version;
            Write(change.ToWire(feed.Id.Owner), static (codec, output, change) => codec.Encode(output, change));
        }
    }

    /// <summary>Tells what was lost, if anything, now that the session's queue has room again.</summary>
    public void TellLoss()
    {
        if (_lostThrough is not null && State == MemberState.Live && !TryTellLoss())
        {
            session.TellWhenDrained(this);
        }
    }

    private bool Receives(FeedEntry entry) =>
        (entry.Offset == 0 || entry.Offset > _from.Offset)
        && !(entry.ExceptSender && entry.Sender?.Connection == session.Id);

    private void Send(
        SharedBuffer buffer, ReadOnlySpan<OutboundFrame> frames, IReadOnlyList<FeedEntry> entries, int first)
    {
        if (frames.IsEmpty)
        {
            return;
        }

        int taken = session.Connection.Outbound.Send(buffer, frames);
        if (taken < frames.Length)
        {
            NoteLoss(entries, first + taken);
            session.OnOverflow(this);
        }
    }

    // What is for this member alone: a recovery, or a connection that compresses for itself.
    private void SendOwn(IReadOnlyList<FeedEntry> entries, bool recovered)
    {
        if (_lostThrough is not null && !TryTellLoss())
        {
            NoteLoss(entries, 0);
            return;
        }

        for (int i = 0; i < entries.Count; i++)
        {
            FeedEntry entry = entries[i];
            if ((recovered || Receives(entry)) && !session.Writer.TryWrite(feed.Id, entry, bounded: !recovered))
            {
                NoteLoss(entries, i);
                session.OnOverflow(this);
                break;
            }
        }

        session.Connection.Outbound.ScheduleFlush();
    }

    private void Write<TEvent>(TEvent what, SessionWriter.Encoder<TEvent> encode)
    {
        session.Writer.Write(what, encode);
        session.Connection.Outbound.ScheduleFlush();
    }

    private void NoteLoss(IReadOnlyList<FeedEntry> entries, int first)
    {
        session.OnLost(entries.Count - first);
        for (int i = first; i < entries.Count; i++)
        {
            if (entries[i].Offset != 0)
            {
                _lostThrough = new Position(_epoch, entries[i].Offset);
            }
        }
    }

    private bool TryTellLoss()
    {
        if (!session.Connection.Outbound.HasRoom)
        {
            return false;
        }

        Write(
            new LostEvent(feed.Id.ToWire(), _lostThrough!.Value.ToWire()),
            static (codec, output, lost) => codec.Encode(output, lost));
        _lostThrough = null;
        session.OnLossTold();
        return true;
    }

    private sealed record HeldLoss(Position Now);
}
