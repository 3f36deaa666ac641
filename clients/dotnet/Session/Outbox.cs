using Switchboard.Client.Wire;

namespace Switchboard.Client.Session;

/// <summary>Everything that is not answered yet: what waits to be sent, and what was sent on this connection.</summary>
/// <param name="options">How much may wait.</param>
/// <param name="random">What pauses are drawn from.</param>
/// <param name="wake">Called when something may go out that could not before.</param>
internal sealed class Outbox(OutboxOptions options, Random random, Action wake)
{
    private const int BatchBytes = 64 * 1024;
    private static readonly long FirstPause = TimeSpan.FromMilliseconds(100).Ticks;
    private static readonly long LongestPause = TimeSpan.FromSeconds(5).Ticks;

    // By the time that they were asked for, which is that of their deadlines, too.
    private readonly PendingList _all = new(isQueue: false);
    private readonly PendingList _waiting = new(isQueue: true);
    private readonly Dictionary<long, Pending> _sent = [];
    private long _waitingBytes;
    private long _order;
    private long _early = long.MinValue;
    private long _pass;

    /// <summary>How many wait to be sent.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>What a command fails with whose time is over.</summary>
    /// <param name="wasConnected">Whether there has been a connection over which it can have been sent.</param>
    public static SwitchboardException TimedOut(bool wasConnected) => new(
        ErrorCodes.Timeout,
        wasConnected
            ? "there was no answer in time; whether it was carried out is not known"
            : "it was not sent: there has been no connection yet. Was ConnectAsync called, and what does StateChanged say?",
        isRetryable: true);

    /// <summary>Takes a command that waits for its turn.</summary>
    /// <exception cref="SwitchboardException">More waits than may.</exception>
    public void Add(Pending one)
    {
        if (_waiting.Count >= options.MaxMessages || _waitingBytes + one.Body.Length > options.MaxBytes)
        {
            throw new SwitchboardException(
                ErrorCodes.OutboxFull,
                $"{_waiting.Count} commands with {_waitingBytes} bytes wait to be sent, which is as much as may: wait for the answers, or allow more in Outbox",
                isRetryable: true);
        }

        one.Order = ++_order;
        _all.Add(one);
        Queue(one);
        Replace(one);
    }

    /// <summary>Takes a command that goes before all that waits, however much that is.</summary>
    public void AddEarly(Pending one)
    {
        one.Order = ++_early;
        _all.AddEarly(one);
        Queue(one);
    }

    /// <summary>Puts into a batch what may go out now.</summary>
    /// <returns>When to look again though nothing happens.</returns>
    public long Fill(OutgoingBatch batch, Pacer pacer, long now, int mostCommands, long mostBytes)
    {
        long due = Pending.Never;
        _pass++;
        Pending? next = _waiting.First;
        while (next is not null && batch.Count < mostCommands && batch.Bytes < BatchBytes)
        {
            Pending one = next;
            next = _waiting.After(one);
            if (one.NotBefore > now)
            {
                due = Math.Min(due, one.NotBefore);
                one.Room?.Block(_pass);
            }
            else if (one.Room?.IsBlocked(_pass) == true)
            {
                // Behind one of the same room that may not go yet.
            }
            else if (one.Room is { IsHeldBack: true } notIn && one is not PendingStep)
            {
                notIn.Block(_pass);
            }
            else if (one is PendingPublish && one.Room is { IsFull: true } room)
            {
                room.Block(_pass);
            }
            else if (mostBytes > 0 && one.Body.Length > mostBytes)
            {
                Forget(one);
                one.Fail(new SwitchboardException(
                    ErrorCodes.TooLarge, $"the message has {one.Body.Length} bytes, the server takes {mostBytes}"));
            }
            else if (!pacer.TryTake(now, out long allowed))
            {
                return Math.Min(due, allowed);
            }
            else
            {
                batch.Add(one.Body.Span, one.IsBinary);
                Unqueue(one);
                _sent[one.Id] = one;
                if (one is PendingPublish)
                {
                    one.Room?.OnPublishSent();
                }
            }
        }

        return due;
    }

    /// <summary>Takes out what an event answers; null where nothing waits for that.</summary>
    public Pending? Answered(long id)
    {
        if (!_sent.Remove(id, out Pending? one))
        {
            return null;
        }

        OnEnded(one);
        _all.Remove(one);
        return one;
    }

    /// <summary>Lets a command that was refused for now wait for another turn.</summary>
    /// <param name="one">The command, which <see cref="Answered"/> gave.</param>
    /// <param name="now">Ticks.</param>
    /// <param name="pause">How long the server asked to wait, in ticks; 0 where it did not.</param>
    public void Retry(Pending one, long now, long pause)
    {
        long longest = Math.Min(LongestPause, FirstPause << Math.Min(one.Refusals, 16));
        one.Refusals++;
        one.NotBefore = now + pause + (long)(longest * (0.5 + (random.NextDouble() / 2)));
        if (one is PendingPublish)
        {
            one.Room?.Narrow();
        }

        _all.AddEarly(one);
        Queue(one, early: true);
        for (Pending? newer = _waiting.Last; newer is not null && newer != one; newer = _waiting.Before(newer))
        {
            if (newer is PendingPublish latest && one is PendingPublish old && latest.Replaces(old))
            {
                Forget(old);
                old.Complete(default);
                return;
            }
        }
    }

    /// <summary>The connection broke: what was sent and not answered is sent again, in its order, or settled.</summary>
    public void OnBroken()
    {
        foreach (Pending sent in _sent.Values)
        {
            OnEnded(sent);
        }

        _sent.Clear();
        Pending? next = _all.First;
        while (next is not null)
        {
            Pending one = next;
            next = _all.After(one);
            if (!one.IsSentAgain)
            {
                Forget(one);
                one.OnBroken();
            }
            else if (!_waiting.Has(one))
            {
                Queue(one);
            }
        }

        for (Pending? newer = _waiting.Last; newer is not null; newer = _waiting.Before(newer))
        {
            Replace(newer);
        }
    }

    /// <summary>Fails what took too long.</summary>
    public void Expire(long now, bool wasConnected)
    {
        Pending? next = _all.First;
        while (next is not null && (next.Deadline <= now || next.Order < 0))
        {
            Pending one = next;
            next = _all.After(one);
            if (one.Deadline <= now)
            {
                Forget(one);
                one.Fail(TimedOut(wasConnected));
            }
        }
    }

    /// <summary>When the first one takes too long.</summary>
    public long Deadline
    {
        get
        {
            // Early ones are few, and not in the order of their deadlines.
            long due = Pending.Never;
            Pending? one = _all.First;
            for (; one is { Order: < 0 }; one = _all.After(one))
            {
                due = Math.Min(due, one.Deadline);
            }

            return Math.Min(due, one?.Deadline ?? Pending.Never);
        }
    }

    /// <summary>Takes out what is not wanted any more; false where it was answered already.</summary>
    public bool TryRemove(Pending one)
    {
        if (!_all.Has(one))
        {
            return false;
        }

        Forget(one);
        return true;
    }

    /// <summary>Fails everything.</summary>
    public void Fail(Exception error)
    {
        while (_all.First is { } one)
        {
            Forget(one);
            one.Fail(error);
        }
    }

    // Of a slot only the newest counts: an older one that still waits is done, without a position.
    private void Replace(Pending newer)
    {
        if (newer is not PendingPublish { Delivery: Delivery.Latest } latest)
        {
            return;
        }

        for (Pending? older = _waiting.Before(newer); older is not null; older = _waiting.Before(older))
        {
            if (older is PendingPublish publish && latest.Replaces(publish))
            {
                Forget(older);
                publish.Complete(default);
                return;
            }
        }
    }

    private void Forget(Pending one)
    {
        _all.Remove(one);
        if (_waiting.Has(one))
        {
            Unqueue(one);
        }
        else if (_sent.Remove(one.Id))
        {
            OnEnded(one);
        }
    }

    // It is not on its way any more.
    private void OnEnded(Pending one)
    {
        if (one is PendingPublish && one.Room?.OnPublishEnded() == true)
        {
            wake();
        }
    }

    private void Queue(Pending one, bool early = false)
    {
        _waitingBytes += one.Body.Length;
        if (early || one.Order < 0)
        {
            _waiting.AddEarly(one);
        }
        else
        {
            _waiting.Add(one);
        }
    }

    private void Unqueue(Pending one)
    {
        _waitingBytes -= one.Body.Length;
        _waiting.Remove(one);
    }
}
