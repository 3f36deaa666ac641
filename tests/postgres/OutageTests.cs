using System.Diagnostics;
using Switchboard.Core.Feeds;
using Switchboard.Core.Storage;
using Switchboard.Storage.Postgres.Tests.Testing;
using Switchboard.Testing.Postgres;

namespace Switchboard.Storage.Postgres.Tests;

/// <summary>What becomes of appends when the server goes away; each test has a server of its own.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private PostgresServer _server = null!;

    public async Task InitializeAsync() => _server = await PostgresServer.CreateAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Append_WhileTheServerIsStopped_IsUnavailableAndThenOkAgain()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(_server);
        await rig.LoadAsync(Some.Room);
        await rig.AppendOkAsync(Some.Append(Some.Room, 1));

        await _server.StopAsync();
        Assert.Equal(StoreStatus.Unavailable, await rig.AppendAsync(Some.Append(Some.Room, 2)));
        LoadResult load = await rig.Store.LoadAsync(Some.Room, Some.Epoch, new FeedOptions(), 0, CancellationToken.None);
        Assert.Equal(new LoadResult(StoreStatus.Unavailable, null), load);

        await _server.StartAsync();
        StoredFeed loaded = await LoadAgainAsync(rig, Some.Room);
        Assert.Equal([1], loaded.Offsets());
        await rig.AppendOkAsync(Some.Append(Some.Room, 2));
    }

    [Fact]
    public async Task Append_SoonAfterAFailure_IsRefusedAtOnce()
    {
        await using StoreRig rig = await StoreRig.CreateAsync(
            _server, new PostgresFeedStoreOptions { BackOff = TimeSpan.FromMinutes(1) });
        await rig.LoadAsync(Some.Room);
        await _server.StopAsync();
        await rig.AppendAsync(Some.Append(Some.Room, 1));

        long began = Stopwatch.GetTimestamp();
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(StoreStatus.Unavailable, await rig.AppendAsync(Some.Append(Some.Room, 1)));
        }

        Assert.Equal((1, 100), (rig.Count("failures"), rig.Count("refusals")));
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Append_ThatTheServerDoesNotAnswer_IsUnknownUntilTheFeedIsLoadedAgain()
    {
        var options = new PostgresFeedStoreOptions { Timeout = TimeSpan.FromSeconds(1) };
        await using StoreRig rig = await StoreRig.CreateAsync(_server, options);
        await rig.LoadAsync(Some.Room);
        await rig.AppendOkAsync(Some.Append(Some.Room, 1));

        await _server.FreezeAsync();
        Task<StoreStatus>[] appends =
            [.. Enumerable.Range(2, 50).Select(offset => rig.AppendAsync(Some.Append(Some.Room, offset)))];
        StoreStatus[] outcomes = await Task.WhenAll(appends).WaitAsync(TimeSpan.FromSeconds(10));
        await _server.ThawAsync();

        Assert.All(outcomes, status => Assert.Equal(StoreStatus.Unavailable, status));
        StoredFeed loaded = await LoadAgainAsync(rig, Some.Room);
        // Only the first was on its way, and may have been done all the same.
        Assert.InRange(loaded.Head, 1, 2);
        Assert.Equal(loaded.Head, loaded.Entries[^1].Offset);

        // If it comes to be done only now, this says so, and never overwrites it.
        StoreStatus next = await rig.AppendAsync(Some.Append(Some.Room, loaded.Head + 1));
        loaded = await rig.LoadAsync(Some.Room);
        Assert.Equal(next == StoreStatus.Ok, loaded.Head == loaded.Entries.Count);
        Assert.Equal(Enumerable.Range(1, (int)loaded.Head).Select(i => (long)i), loaded.Offsets());
    }

    [Fact]
    public async Task Append_ThatWasAcknowledged_OutlivesACrashOfTheServer()
    {
        const int Feeds = 50;
        await using StoreRig rig = await StoreRig.CreateAsync(_server);
        FeedId[] feeds = [.. Enumerable.Range(0, Feeds).Select(i => Some.Feed($"room-{i}"))];
        await Task.WhenAll(feeds.Select(feed => rig.LoadAsync(feed)));
        var underWay = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Counted += () =>
        {
            if (rig.Count("appends") > 2_000)
            {
                underWay.TrySetResult();
            }
        };

        Task<long>[] streams = [.. feeds.Select(feed => Task.Run(() => AppendUntilUnavailableAsync(rig, feed)))];
        await underWay.Task.WaitAsync(Limit);
        await _server.KillAsync();
        long[] acknowledged = await Task.WhenAll(streams).WaitAsync(Limit);
        await _server.StartAsync();

        var retention = new FeedOptions { MaxCount = 1_000_000 };
        await LoadAgainAsync(rig, feeds[0]);
        for (int i = 0; i < Feeds; i++)
        {
            StoredFeed loaded = await rig.LoadAsync(feeds[i], retention);
            // One may have been committed and not acknowledged.
            Assert.InRange(loaded.Head, acknowledged[i], acknowledged[i] + 1);
            Assert.Equal(Enumerable.Range(1, (int)loaded.Head).Select(offset => (long)offset), loaded.Offsets());
            await rig.AppendOkAsync(Some.Append(feeds[i], loaded.Head + 1));
        }
    }

    private static async Task<long> AppendUntilUnavailableAsync(StoreRig rig, FeedId feed)
    {
        long head = 0;
        while (await rig.AppendAsync(Some.Append(feed, head + 1)) == StoreStatus.Ok)
        {
            head++;
        }

        return head;
    }

    // Refused at once while the store backs off, so this asks about as often as it finds out.
    private static async Task<StoredFeed> LoadAgainAsync(StoreRig rig, FeedId feed)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            LoadResult result = await rig.Store.LoadAsync(feed, Some.Epoch, new FeedOptions(), 0, limit.Token);
            if (result.Status == StoreStatus.Ok)
            {
                return result.Feed!;
            }

            await Task.Delay(20, limit.Token);
        }
    }
}
