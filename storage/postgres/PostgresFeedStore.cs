using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Switchboard.Core.Feeds;
using Switchboard.Core.Storage;
using Switchboard.Storage.Postgres.Appending;
using Switchboard.Storage.Postgres.Loading;
using Switchboard.Storage.Postgres.Metrics;
using Switchboard.Storage.Postgres.Trimming;

namespace Switchboard.Storage.Postgres;

/// <summary>The feeds of durable rooms in PostgreSQL (tested with 15), with the tables of <see cref="Schema"/>.</summary>
public sealed partial class PostgresFeedStore : IFeedStore, IAsyncDisposable
{
    private readonly Database _database;
    private readonly PostgresFeedStoreOptions _options;
    private readonly ILogger _logger;
    private readonly NpgsqlDataSource _connections;
    private readonly AppendWriter _writer;
    private readonly FeedLoader _loader;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _trimming;
    private int _disposed;

    /// <summary>Nothing is connected yet; trimming starts with its first period.</summary>
    /// <param name="connectionString">With Host, Database and Username.</param>
    /// <param name="options">Checked here.</param>
    /// <param name="time">The clock of retention and time-outs.</param>
    /// <param name="metrics">Where things are counted; the caller's to dispose of.</param>
    /// <param name="logger">Null for no log.</param>
    /// <exception cref="ArgumentException">The connection string or an option is wrong; the message says how.</exception>
    public PostgresFeedStore(
        string connectionString,
        PostgresFeedStoreOptions options,
        TimeProvider time,
        StorageMetrics metrics,
        ILogger<PostgresFeedStore>? logger = null)
    {
        string problems = string.Join("; ", options.Validate());
        if (problems.Length > 0)
        {
            throw new ArgumentException(problems, nameof(options));
        }

        _database = new Database(connectionString);
        _options = options;
        _logger = logger ?? NullLogger<PostgresFeedStore>.Instance;
        _connections = _database.Open(options);
        var availability = new Availability(time, options.BackOff);
        _writer = new AppendWriter(_connections, options, availability, metrics, time, _logger);
        _loader = new FeedLoader(_connections, options, availability, metrics, time, _logger);
        Trimmer = new Trimmer(_connections, options, availability, metrics, time, _logger);
        _trimming = Trimmer.RunAsync(_stop.Token);
    }

    internal Trimmer Trimmer { get; }

    /// <summary>For the start of a program: returns where the database can be used and has the right schema.</summary>
    /// <exception cref="StoreException">It can't be used; the message is one line that says why.</exception>
    public async Task CheckAsync(CancellationToken cancel)
    {
        try
        {
            await new Deadline(_options.Timeout, TimeProvider.System).RunAsync(CheckNowAsync, cancel);
        }
        catch (Exception exception) when (
            Database.IsFailure(exception)
            || (exception is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new StoreException(_database.Describe(exception), exception);
        }
    }

    /// <inheritdoc/>
    public ValueTask<LoadResult> LoadAsync(
        FeedId feed, Epoch begin, FeedOptions retention, long after, CancellationToken cancel) =>
        _loader.LoadAsync(feed, begin, retention, after, cancel);

    /// <inheritdoc/>
    public ValueTask<StoreStatus> AppendAsync(FeedAppend append, CancellationToken cancel) =>
        _writer.AppendAsync(append, cancel);

    /// <summary>Takes no more appends, waits for those that it took, and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _writer.CloseAsync();
        await _stop.CancelAsync();
        await _trimming;
        await _connections.DisposeAsync();
        _stop.Dispose();
    }

    private async Task<bool> CheckNowAsync(CancellationToken cancel)
    {
        await using NpgsqlConnection connection = await _database.ConnectAsync(cancel);
        await Schema.CheckAsync(_database, connection, cancel);
        await WarnOfUnsafeSettingsAsync(connection, cancel);
        return true;
    }

    // An append is safe from a crash only where the server waits for its disk.
    private async Task WarnOfUnsafeSettingsAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        foreach (string setting in (string[])["synchronous_commit", "fsync", "full_page_writes"])
        {
            await using var command = new NpgsqlCommand($"show {setting}", connection);
            if (await command.ExecuteScalarAsync(cancel) is "off")
            {
                LogUnsafe(_logger, setting);
            }
        }
    }
}
