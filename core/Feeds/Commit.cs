using Switchboard.Core.Backplane;
using Switchboard.Core.Storage;

namespace Switchboard.Core.Feeds;

/// <summary>Publications that are written to the store at once, and answered together.</summary>
public sealed class Commit
{
    private readonly List<Publication> _publications = [];
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FeedEntry[] _entries = [];
    private bool _succeeded;

    internal Commit()
    {
    }

    /// <summary>Completes, without a failure, once the results are there.</summary>
    public Task Completion => _completion.Task;

    internal IReadOnlyList<FeedEntry> Entries => _entries;

    internal int Add(in Publication publication)
    {
        _publications.Add(publication);
        return _publications.Count - 1;
    }

    internal string? KeyOf(int index) => _publications[index].Key;

    /// <summary>Gives every publication its offset after <paramref name="head"/>.</summary>
    internal FeedAppend Seal(FeedId feed, Position head, long now)
    {
        var entries = new FeedEntry[_publications.Count];
        var kept = new List<FeedEntry>(entries.Length);
        var keys = new List<StoredKey>();
        HashSet<string>? slots = null;
        for (int i = entries.Length - 1; i >= 0; i--)
        {
            FeedEntry entry = FeedEntry.Of(_publications[i], head.Offset + 1 + i, now);
            entries[i] = entry;
            if (entry.Slot is null || (slots ??= []).Add(entry.Slot))
            {
                kept.Add(entry);
            }

            if (KeyOf(i) is { } key)
            {
                keys.Add(new StoredKey(entry.Sender?.User.Value, key, entry.Offset, now));
            }
        }

        kept.Reverse();
        keys.Reverse();
        _entries = entries;
        return new FeedAppend(feed, head.Epoch, head.Offset, head.Offset + entries.Length, kept, keys);
    }

    internal void Complete(bool succeeded)
    {
        _succeeded = succeeded;
        _completion.SetResult();
    }

    internal PublishResult ResultOf(int index, Epoch epoch, bool duplicate) => _succeeded
        ? new PublishResult(BackplaneStatus.Ok, new Position(epoch, _entries[index].Offset), duplicate)
        : new PublishResult(BackplaneStatus.Unavailable, default, false);
}
