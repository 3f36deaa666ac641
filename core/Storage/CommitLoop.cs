using Switchboard.Core.Feeds;

namespace Switchboard.Core.Storage;

/// <summary>
/// Commits what a durable feed has accepted, one commit after another: first what the store holds beyond the feed, if
/// that is not known, then the commit. Runs on the context that it was started on.
/// </summary>
/// <param name="owner">Whose feed it is.</param>
/// <param name="retention">How much of the feed is kept.</param>
/// <param name="store">Where.</param>
/// <param name="time">The clock.</param>
/// <param name="gate">What the owner is locked with.</param>
/// <param name="onProgress">Called after every step that may have left something to deliver, without the lock.</param>
public sealed class CommitLoop(
    FeedOwner owner, FeedOptions retention, IFeedStore store, TimeProvider time, object gate, Action onProgress)
{
    private bool _running;

    /// <summary>Completes when nothing is being committed.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>True once the feed was found to have begun anew in the store: its owner has to be read again.</summary>
    public bool IsObsolete { get; private set; }

    /// <summary>Commits what waits, if that is not being done already. Under the lock.</summary>
    public void Start()
    {
        if (!_running && owner.HasCommit)
        {
            _running = true;
            Running = RunAsync();
        }
    }

    private async Task RunAsync()
    {
        while (TryTake(out Commit? commit, out FeedAppend? append))
        {
            if (append is null)
            {
                // What the store has lost must not begin again with an epoch that others know: its offsets would be taken
                // for ones that were seen.
                var another = new Epoch(owner.Epoch.Value + 1);
                LoadResult loaded = await store.LoadAsync(
                    owner.FeedId, another, retention, owner.Head.Offset, CancellationToken.None);
                append = CatchUp(commit!, loaded);
                onProgress();
            }

            if (append is not null)
            {
                StoreStatus status = await store.AppendAsync(append, CancellationToken.None);
                End(commit!, status);
                onProgress();
            }
        }
    }

    private bool TryTake(out Commit? commit, out FeedAppend? append)
    {
        lock (gate)
        {
            _running = owner.TryTakeCommit(out commit);
            append = _running && !owner.NeedsCatchUp ? owner.Seal(commit!, Now()) : null;
            return _running;
        }
    }

    private FeedAppend? CatchUp(Commit commit, LoadResult loaded)
    {
        lock (gate)
        {
            if (loaded.Status == StoreStatus.Ok && owner.CatchUp(loaded.Feed!, Now()))
            {
                return owner.Seal(commit, Now());
            }

            IsObsolete = loaded.Status == StoreStatus.Ok;
            owner.Fail(commit);
            return null;
        }
    }

    private void End(Commit commit, StoreStatus status)
    {
        lock (gate)
        {
            if (status == StoreStatus.Ok)
            {
                owner.Complete(commit);
            }
            else
            {
                owner.Fail(commit);
            }
        }
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
