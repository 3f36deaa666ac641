using Switchboard.Core.Feeds;
using Switchboard.GrainInterfaces.Edges;

namespace Switchboard.Node.Feeds;

/// <summary>
/// How far this edge has seen one feed, and how many of its connections receive it. Safe for concurrent use; the object
/// is its own lock.
/// </summary>
/// <remarks>
/// A receiver enters before the cluster is asked, so that nothing is missed between the cluster's answer and its
/// arrival here. Several may enter at once, and the first answer to arrive need not be the oldest: the cursor begins at
/// the least head of those that were asked for together, or with the first delivery, whichever comes first.
/// </remarks>
internal sealed class FeedCursor
{
    private Position _seen;
    private int _receivers;
    private int _awaited;
    private bool _hasHead;
    private bool _isKnown;
    private bool _isDropped;

    /// <summary>Counts a receiver whose join is under way; false when the last one has just left.</summary>
    public bool TryEnter()
    {
        lock (this)
        {
            if (_isDropped)
            {
                return false;
            }

            _receivers++;
            _awaited += _isKnown ? 0 : 1;
            return true;
        }
    }

    /// <summary>A receiver that entered was given a head.</summary>
    public void Settle(Position head)
    {
        lock (this)
        {
            if (_isKnown)
            {
                return;
            }

            if (!_hasHead || head.Epoch != _seen.Epoch || head.Offset < _seen.Offset)
            {
                _seen = head;
                _hasHead = true;
            }

            Answered();
        }
    }

    /// <summary>A receiver that entered does not receive after all; true when it was the last one.</summary>
    public bool Abandon()
    {
        lock (this)
        {
            if (!_isKnown)
            {
                Answered();
            }

            return Release();
        }
    }

    /// <summary>A receiver leaves; true when it was the last one.</summary>
    public bool Leave()
    {
        lock (this)
        {
            return Release();
        }
    }

    /// <summary>What the edge has seen; null while nothing is known.</summary>
    public Position? Seen
    {
        get
        {
            lock (this)
            {
                return _hasHead ? _seen : null;
            }
        }
    }

    /// <summary>Decides what is taken of a delivery, and moves on.</summary>
    public Taking Take(Delivery delivery)
    {
        lock (this)
        {
            if (_isDropped)
            {
                return Taking.Nothing;
            }

            Position? lost = IsNews(delivery.Lost) ? delivery.Lost : null;
            if (lost is { } to)
            {
                _seen = to;
            }
            else if (!_isKnown)
            {
                _seen = new Position(delivery.Epoch, delivery.After);
            }
            else if (delivery.Epoch != _seen.Epoch || delivery.After > _seen.Offset)
            {
                return Taking.Nothing with { Behind = _seen };
            }

            _hasHead = _isKnown = true;
            FeedEntry[] entries = Unseen(delivery);
            _seen = _seen with { Offset = Math.Max(_seen.Offset, delivery.Through) };
            return new Taking(null, lost, delivery.Presence, entries, delivery.Entries.Length - entries.Length);
        }
    }

    // A loss that was told is told again when the answer to the delivery was lost.
    private bool IsNews(Position? lost) =>
        lost is { } to && (!_isKnown || to.Epoch != _seen.Epoch || to.Offset > _seen.Offset);

    // Volatile entries have no offset; but a delivery that is sent again has none any more, so with something unseen in
    // it they are new.
    private FeedEntry[] Unseen(Delivery delivery)
    {
        if (delivery.After >= _seen.Offset)
        {
            return delivery.Entries;
        }

        if (delivery.Through <= _seen.Offset && Array.Exists(delivery.Entries, static entry => entry.Offset > 0))
        {
            return [];
        }

        return Array.FindAll(delivery.Entries, entry => entry.Offset == 0 || entry.Offset > _seen.Offset);
    }

    private void Answered()
    {
        _awaited--;
        _isKnown = _awaited == 0 && _hasHead;
    }

    private bool Release()
    {
        _isDropped = --_receivers == 0;
        return _isDropped;
    }
}
