using Npgsql;
using Switchboard.Core.Feeds;
using Switchboard.Core.Storage;
using Switchboard.Storage.Postgres.Tests.Testing;

namespace Switchboard.Storage.Postgres.Tests.Trimming;

[Collection(ServerCollection.Name)]
public sealed class TrimmerTests(ServerFixture fixture) : IAsyncLifetime
{
    private static readonly TimeSpan Period = new PostgresFeedStoreOptions().TrimPeriod;

    private readonly MovableTime _time = new();
    private StoreRig _rig = null!;

    private long Now => _time.Milliseconds;

    public async Task InitializeAsync() => _rig = await StoreRig.CreateAsync(fixture.Server, time: _time);

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task Trim_OfMoreThanIsKept_DeletesTheOldestAndRaisesTheFloor()
    {
        await FillAsync(Some.Room, 10, new FeedOptions { MaxCount = 4, MaxKeys = 3 });

        int deleted = await TrimAsync();

        Assert.Equal(6 + 7, deleted);
        Assert.Equal(13, _rig.Count("trimmed"));
        Assert.Equal(4, await EntriesAsync());
        Assert.Equal(3, await KeysAsync());
        StoredFeed loaded = await _rig.LoadAsync(Some.Room);
        Assert.Equal([7, 8, 9, 10], loaded.Offsets());
        Assert.Equal((10L, 6L), (loaded.Head, loaded.Floor));
    }

    [Fact]
    public async Task Trim_OfMoreBytesThanAreKept_DeletesTheOldest()
    {
        await FillAsync(Some.Room, 10, new FeedOptions { MaxBytes = 35 });

        await TrimAsync();

        Assert.Equal(3, await EntriesAsync());
        Assert.Equal(7, (await _rig.LoadAsync(Some.Room)).Floor);
    }

    [Fact]
    public async Task Trim_OfWhatExpired_DeletesAllButTheFeed()
    {
        var retention = new FeedOptions { MaxAge = TimeSpan.FromMinutes(1), IdempotencyWindow = TimeSpan.FromHours(48) };
        await FillAsync(Some.Room, 3, retention);
        Assert.Equal(0, await TrimAsync());
        Assert.Equal((3, 3), (await EntriesAsync(), await KeysAsync()));

        _time.Move(TimeSpan.FromMinutes(1));
        Assert.Equal(3, await TrimAsync());
        Assert.Equal((0, 3), (await EntriesAsync(), await KeysAsync()));

        _time.Move(TimeSpan.FromHours(48));
        Assert.Equal(3, await TrimAsync());
        Assert.Equal((0, 0), (await EntriesAsync(), await KeysAsync()));
        Assert.True(await _rig.QueryAsync<bool>("select trim_at is null from switchboard_feeds"));
        StoredFeed loaded = await _rig.LoadAsync(Some.Room, retention);
        Assert.Equal((Some.Epoch, 3L, 3L), (loaded.Epoch, loaded.Head, loaded.Floor));

        await _rig.AppendOkAsync(Some.Append(Some.Room, Some.Entry(4, time: Now)));
        Assert.False(await _rig.QueryAsync<bool>("select trim_at is null from switchboard_feeds"));
    }

    [Fact]
    public async Task Trim_OfAFeedWithinItsRetention_LooksAgainWhenTheOldestExpires()
    {
        var retention = new FeedOptions { MaxAge = TimeSpan.FromDays(1), IdempotencyWindow = TimeSpan.FromDays(2) };
        await FillAsync(Some.Room, 3, retention);
        long expires = Now + (long)retention.MaxAge.TotalMilliseconds;

        Assert.Equal(0, await TrimAsync());

        Assert.Equal(expires, await _rig.QueryAsync<long>("select trim_at from switchboard_feeds"));
        Assert.Equal(0, (await _rig.LoadAsync(Some.Room, retention)).Floor);
    }

    [Fact]
    public async Task Trim_AfterARetentionThatShrank_IsDueAtOnce()
    {
        await FillAsync(Some.Room, 10, new FeedOptions());
        await _rig.LoadAsync(Some.Room, new FeedOptions { MaxCount = 1 });

        Assert.Equal(9, await _rig.Store.Trimmer.TrimAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Trim_OfManyFeedsAndManyEntries_GoesOnUntilAllAreDone()
    {
        var retention = new FeedOptions { MaxCount = 2 };
        FeedId[] feeds = [.. Enumerable.Range(0, 120).Select(i => Some.Feed($"room-{i}"))];
        foreach (FeedId feed in feeds)
        {
            await FillAsync(feed, 0, retention);
        }

        await Task.WhenAll(feeds.Select(feed => _rig.AppendOkAsync(
            Some.Append(feed, [.. Enumerable.Range(1, 5).Select(i => Some.Entry(i, time: Now))]))));
        await _rig.AppendOkAsync(Some.Append(
            feeds[0], [.. Enumerable.Range(6, 2_500).Select(i => Some.Entry(i, time: Now))]));

        Assert.Equal((120 * 3) + 2_500, await TrimAsync());

        Assert.Equal(240, await EntriesAsync());
        Assert.Equal(2_503, (await _rig.LoadAsync(feeds[0], retention)).Floor);
        Assert.Equal(3, (await _rig.LoadAsync(feeds[1], retention)).Floor);
    }

    [Fact]
    public async Task Trim_BesideAppends_LeavesWhatIsKept()
    {
        var retention = new FeedOptions { MaxCount = 10, MaxAge = TimeSpan.FromDays(7) };
        await FillAsync(Some.Room, 1, retention);
        Task appends = Task.Run(async () =>
        {
            for (long offset = 2; offset <= 300; offset++)
            {
                string? slot = offset % 3 == 0 ? "slot" : null;
                await _rig.AppendOkAsync(Some.Append(Some.Room, Some.Entry(offset, slot, time: Now)));
            }
        });
        int deleted = 0;
        while (!appends.IsCompleted)
        {
            deleted += await TrimAsync();
        }

        await appends;

        Assert.True(deleted > 0, "nothing was trimmed while it was appended to");
        Assert.Equal(0, _rig.Count("failures"));
        StoredFeed loaded = await _rig.LoadAsync(Some.Room, retention);
        Assert.Equal(300, loaded.Head);
        long[] expected = [.. Enumerable.Range(1, 300).Where(i => i % 3 != 0 || i == 300).Select(i => (long)i).TakeLast(10)];
        Assert.Equal(expected, loaded.Offsets());
        Assert.InRange(loaded.Floor, 284, expected[0] - 1);
    }

    [Fact]
    public async Task Trim_WhileAnotherProcessDoes_LeavesItToThat()
    {
        const long Lock = 0x5377_7472_696d;
        await FillAsync(Some.Room, 10, new FeedOptions { MaxCount = 4 });
        await using var connection = new NpgsqlConnection(_rig.ConnectionString);
        await connection.OpenAsync();
        await using var take = new NpgsqlCommand($"select pg_advisory_lock({Lock})", connection);
        await take.ExecuteNonQueryAsync();

        Assert.Equal(0, await TrimAsync());
        await using var release = new NpgsqlCommand($"select pg_advisory_unlock({Lock})", connection);
        await release.ExecuteNonQueryAsync();
        Assert.Equal(6, await TrimAsync());
    }

    [Fact]
    public async Task TrimSessions_DeletesConnectionsThatCanNotBeResumedAnyMore()
    {
        await _rig.QueryAsync<long>("""
            with added as (insert into orleansstorage
                (grainidhash, grainidn0, grainidn1, graintypehash, graintypestring, serviceid, modifiedon, version)
            select i, i, 0, 1, case when i > 1400 then 'switchboard.bans' else 'switchboard.session' end, 'switchboard',
                now() - case when i > 1200 and i <= 1300 then interval '119 minutes' else interval '121 minutes' end, 1
            from generate_series(1, 1500) i returning 1)
            select count(*) from added
            """);

        Assert.Equal(1_300, await _rig.Store.Trimmer.TrimSessionsAsync(CancellationToken.None));

        Assert.Equal(100, await _rig.QueryAsync<long>(
            "select count(*) from orleansstorage where graintypestring = 'switchboard.session' and grainidn0 between 1201 and 1300"));
        Assert.Equal(200, await _rig.QueryAsync<long>("select count(*) from orleansstorage"));
    }

    [Fact]
    public async Task Store_TrimsByItself()
    {
        var trimmed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StoreRig rig = _rig.Another(
            new PostgresFeedStoreOptions { TrimPeriod = TimeSpan.FromMilliseconds(100) }, TimeProvider.System);
        rig.Counted += () =>
        {
            if (rig.Count("trimmed") >= 3)
            {
                trimmed.TrySetResult();
            }
        };
        await rig.LoadAsync(Some.Room, new FeedOptions { MaxCount = 1 });

        await rig.AppendOkAsync(Some.Append(Some.Room, Some.Entry(1), Some.Entry(2), Some.Entry(3), Some.Entry(4)));

        await trimmed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(1, await EntriesAsync());
    }

    // An append asks for a look one period later.
    private Task<int> TrimAsync()
    {
        _time.Move(Period);
        return _rig.Store.Trimmer.TrimAsync(CancellationToken.None);
    }

    private async Task FillAsync(FeedId feed, int count, FeedOptions retention)
    {
        await _rig.LoadAsync(feed, retention);
        for (long offset = 1; offset <= count; offset++)
        {
            await _rig.AppendOkAsync(
                Some.Append(feed, Some.Entry(offset, time: Now)).WithKey($"k{offset}", time: Now));
        }
    }

    private Task<long> EntriesAsync() => _rig.QueryAsync<long>("select count(*) from switchboard_entries");

    private Task<long> KeysAsync() => _rig.QueryAsync<long>("select count(*) from switchboard_keys");
}
