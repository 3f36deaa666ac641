using System.Collections.Concurrent;
using Switchboard.Core.Feeds;
using Switchboard.Core.Storage;

namespace Switchboard.Core.Tests.Testing;

/// <summary>A store in memory, each of whose answers comes later, on another thread.</summary>
internal sealed class ModelFeedStore : IFeedStore
{
    private readonly ConcurrentDictionary<FeedId, FeedStoreModel> _feeds = new();

    /// <summary>While true, calls do nothing and say that the store can't be reached.</summary>
    public bool IsAway { get; set; }

    /// <summary>Loses a feed; whoever loads it next begins it anew.</summary>
    public void Forget(FeedId feed) => _feeds.TryRemove(feed, out _);

    public async ValueTask<LoadResult> LoadAsync(
        FeedId feed, Epoch begin, FeedOptions retention, long after, CancellationToken cancel)
    {
        await Task.Yield();
        if (IsAway)
        {
            return new LoadResult(StoreStatus.Unavailable, null);
        }

        FeedStoreModel model = _feeds.GetOrAdd(feed, static (_, begin) => new FeedStoreModel(begin), begin);
        lock (model)
        {
            return new LoadResult(StoreStatus.Ok, model.Load(after));
        }
    }

    public async ValueTask<StoreStatus> AppendAsync(FeedAppend append, CancellationToken cancel)
    {
        await Task.Yield();
        if (!_feeds.TryGetValue(append.Feed, out FeedStoreModel? model))
        {
            return StoreStatus.Conflict;
        }

        lock (model)
        {
            return IsAway ? StoreStatus.Unavailable : model.Append(append);
        }
    }
}
