using System.Diagnostics.Metrics;

namespace Switchboard.Storage.Postgres.Metrics;

/// <summary>What the store counts, as instruments of the meter "Switchboard.Storage".</summary>
public sealed class StorageMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Switchboard.Storage";

    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    };

    private readonly Meter _meter;
    private readonly Counter<long> _appends;
    private readonly Counter<long> _entries;
    private readonly Counter<long> _batches;
    private readonly Counter<long> _conflicts;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _loads;
    private readonly Counter<long> _trimmed;
    private readonly Histogram<double> _commits;
    private readonly Histogram<double> _loading;

    /// <summary>Creates the instruments.</summary>
    public StorageMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _appends = _meter.CreateCounter<long>(
            "switchboard.storage.appends", "{append}", "Appends that were committed.");
        _entries = _meter.CreateCounter<long>(
            "switchboard.storage.entries", "{entry}", "Entries that were committed.");
        _batches = _meter.CreateCounter<long>(
            "switchboard.storage.batches", "{batch}", "Commits, each of one or more appends.");
        _conflicts = _meter.CreateCounter<long>(
            "switchboard.storage.conflicts", "{append}", "Appends to a feed that another writer has moved on.");
        _failures = _meter.CreateCounter<long>(
            "switchboard.storage.failures",
            "{failure}",
            "Calls that the server failed or did not answer in time, by operation.");
        _refusals = _meter.CreateCounter<long>(
            "switchboard.storage.refusals",
            "{refusal}",
            "Calls that were not made, by cause: the server is down, too much waits (full), or the store is closed.");
        _loads = _meter.CreateCounter<long>(
            "switchboard.storage.loads", "{load}", "Feeds that were read.");
        _trimmed = _meter.CreateCounter<long>(
            "switchboard.storage.trimmed", "{row}", "Entries and keys that were deleted, over or past what is kept.");
        _commits = _meter.CreateHistogram(
            "switchboard.storage.commit.duration", "s", "How long a commit took.", tags: null, Durations);
        _loading = _meter.CreateHistogram(
            "switchboard.storage.load.duration", "s", "How long it took to read a feed.", tags: null, Durations);
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Committed(int appends, int entries, int conflicts, TimeSpan duration)
    {
        _batches.Add(1);
        _appends.Add(appends);
        _entries.Add(entries);
        _conflicts.Add(conflicts);
        _commits.Record(duration.TotalSeconds);
    }

    internal void Failed(string operation) =>
        _failures.Add(1, new KeyValuePair<string, object?>("operation", operation));

    internal void Refused(string cause) => _refusals.Add(1, new KeyValuePair<string, object?>("cause", cause));

    internal void Loaded(TimeSpan duration)
    {
        _loads.Add(1);
        _loading.Record(duration.TotalSeconds);
    }

    internal void Trimmed(int rows) => _trimmed.Add(rows);
}
