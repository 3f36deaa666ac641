using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Npgsql;
using Switchboard.Core.Feeds;
using Switchboard.Core.Storage;
using Switchboard.Storage.Postgres.Metrics;
using Switchboard.Testing.Postgres;

namespace Switchboard.Storage.Postgres.Tests.Testing;

/// <summary>A store on a database with the schema, and what it has counted.</summary>
internal sealed class StoreRig : IAsyncDisposable, IMeterFactory
{
    private readonly ConcurrentDictionary<string, long> _sums = new();
    private readonly MeterListener _listener = new();
    private readonly StorageMetrics _metrics;

    private StoreRig(string connectionString, PostgresFeedStoreOptions? options, TimeProvider? time)
    {
        ConnectionString = connectionString;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, this))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            _sums.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value);
            Counted?.Invoke();
        });
        _listener.Start();
        _metrics = new StorageMetrics(this);
        Store = new PostgresFeedStore(
            connectionString, options ?? new PostgresFeedStoreOptions(), time ?? TimeProvider.System, _metrics);
    }

    /// <summary>After an instrument has counted.</summary>
    public event Action? Counted;

    public string ConnectionString { get; }

    public PostgresFeedStore Store { get; }

    public static async Task<StoreRig> CreateAsync(
        PostgresServer server, PostgresFeedStoreOptions? options = null, TimeProvider? time = null)
    {
        string connectionString = await server.CreateDatabaseAsync();
        await Schema.ApplyAsync(connectionString, CancellationToken.None);
        return new StoreRig(connectionString, options, time);
    }

    /// <summary>Another process with the same database.</summary>
    public StoreRig Another(PostgresFeedStoreOptions? options = null, TimeProvider? time = null) =>
        new(ConnectionString, options, time);

    /// <summary>What was counted under a name, which stands behind "switchboard.storage.".</summary>
    public long Count(string name) => _sums.GetValueOrDefault("switchboard.storage." + name);

    public async Task<StoredFeed> LoadAsync(FeedId feed, FeedOptions? retention = null, long after = 0)
    {
        LoadResult result = await Store.LoadAsync(
            feed, Some.Epoch, retention ?? new FeedOptions(), after, CancellationToken.None);
        Assert.Equal(StoreStatus.Ok, result.Status);
        return result.Feed!;
    }

    public Task<StoreStatus> AppendAsync(FeedAppend append) =>
        Store.AppendAsync(append, CancellationToken.None).AsTask();

    public async Task AppendOkAsync(FeedAppend append) => Assert.Equal(StoreStatus.Ok, await AppendAsync(append));

    /// <summary>One value that a query gives.</summary>
    public async Task<T> QueryAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _metrics.Dispose();
        _listener.Dispose();
    }

    Meter IMeterFactory.Create(MeterOptions options)
    {
        options.Scope = this;
        return new Meter(options);
    }

    void IDisposable.Dispose()
    {
        // The meter is disposed of with the metrics.
    }
}
