using Switchboard.Core.Backplane;
using Switchboard.Core.Storage;

namespace Switchboard.Core.Feeds;

/// <summary>Publications that are written to the store at once, and answered together.</summary>
public sealed class Commit
{
    private readonly List<Publication> _publications = [];
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Place[] _places = [];
    private bool _succeeded;

    internal Commit()
    {
    }

    /// <summary>Completes, without a failure, once the results are there.</summary>
    public Task Completion => _completion.Task;

    internal int Add(in Publication publication)
    {
        _publications.Add(publication);
        return _publications.Count - 1;
    }

    /// <summary>
    /// Gives every publication its offset after the head of the feed; but for those with a key that has become known
    /// since they were staged, by what the store had of a commit that was taken for failed.
    /// </summary>
    internal FeedAppend Seal(FeedId id, Feed feed, long now)
    {
        now = feed.Clamp(now);
        Position before = feed.Head;
        long head = before.Offset;
        var keys = new List<StoredKey>();
        _places = new Place[_publications.Count];
        for (int i = 0; i < _places.Length; i++)
        {
            if (feed.TryFindKey(_publications[i], now, out Position first))
            {
                _places[i] = new Place(first.Offset, null);
                continue;
            }

            FeedEntry entry = FeedEntry.Of(_publications[i], ++head, now);
            _places[i] = new Place(head, entry);
            if (_publications[i].Key is { } key)
            {
                keys.Add(new StoredKey(entry.Sender?.User.Value, key, head, now));
            }
        }

        return new FeedAppend(id, before.Epoch, before.Offset, head, NewestOfEachSlot(), keys);
    }

    /// <summary>The sealed entries in order, each with its key.</summary>
    internal IEnumerable<(FeedEntry Entry, string? Key)> Sealed()
    {
        for (int i = 0; i < _places.Length; i++)
        {
            if (_places[i].Entry is { } entry)
            {
                yield return (entry, _publications[i].Key);
            }
        }
    }

    internal void Complete(bool succeeded)
    {
        _succeeded = succeeded;
        _completion.SetResult();
    }

    internal PublishResult ResultOf(int index, Epoch epoch, bool duplicate) => _succeeded
        ? new PublishResult(
            BackplaneStatus.Ok, new Position(epoch, _places[index].Offset), duplicate || _places[index].Entry is null)
        : new PublishResult(BackplaneStatus.Unavailable, default, false);

    private List<FeedEntry> NewestOfEachSlot()
    {
        var newest = new List<FeedEntry>(_places.Length);
        HashSet<string> slots = [];
        for (int i = _places.Length - 1; i >= 0; i--)
        {
            if (_places[i].Entry is { } entry && (entry.Slot is null || slots.Add(entry.Slot)))
            {
                newest.Add(entry);
            }
        }

        newest.Reverse();
        return newest;
    }

    /// <summary>Where a publication stands in the feed; without an entry, where its key was first seen.</summary>
    private readonly record struct Place(long Offset, FeedEntry? Entry);
}
