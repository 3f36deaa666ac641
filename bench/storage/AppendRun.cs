using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Storage;
using Switchboard.Storage.Postgres;
using Switchboard.Storage.Postgres.Metrics;
using Switchboard.Testing.Postgres;

namespace Switchboard.Storage.Bench;

/// <summary>
/// Appends of one entry each to many feeds, some at a time, on a server of its own that waits for its disk. Every append
/// must succeed.
/// </summary>
internal sealed class AppendRun(int feeds, int inFlight, TimeSpan window, int payloadBytes) : IMeterFactory
{
    private static readonly Epoch Epoch = new(1);

    private long _batches;

    /// <summary>Measures, after a second that does not count; one line.</summary>
    public async Task<string> MeasureAsync()
    {
        await using PostgresServer server = await PostgresServer.CreateAsync();
        await Schema.ApplyAsync(server.ConnectionString, CancellationToken.None);
        using MeterListener listener = Listen();
        using var metrics = new StorageMetrics(this);
        await using var store = new PostgresFeedStore(
            server.ConnectionString, new PostgresFeedStoreOptions(), TimeProvider.System, metrics);
        FeedId[] all = [.. Enumerable.Range(0, feeds).Select(i => FeedId.Of(new RoomName($"room-{i}")))];
        foreach (FeedId feed in all)
        {
            await store.LoadAsync(feed, Epoch, new FeedOptions(), 0, CancellationToken.None);
        }

        var heads = new long[feeds];
        await AppendAsync(store, all, heads, TimeSpan.FromSeconds(1));
        long batchesBefore = Interlocked.Read(ref _batches);
        long began = Stopwatch.GetTimestamp();
        List<double> milliseconds = await AppendAsync(store, all, heads, window);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        long batches = Interlocked.Read(ref _batches) - batchesBefore;
        milliseconds.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{feeds} feeds, {inFlight} in flight, {payloadBytes} bytes: {milliseconds.Count / seconds:F0} appends/s, "
            + $"{(double)milliseconds.Count / batches:F1} a batch, p50 {milliseconds[milliseconds.Count / 2]:F2} ms, "
            + $"p99 {milliseconds[milliseconds.Count * 99 / 100]:F2} ms");
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

    // Each worker goes round the feeds that are its own, so that of a feed one append is in flight.
    private async Task<List<double>> AppendAsync(PostgresFeedStore store, FeedId[] all, long[] heads, TimeSpan time)
    {
        long until = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        byte[] payload = new byte[payloadBytes];
        List<double>[] workers = await Task.WhenAll(Enumerable.Range(0, inFlight).Select(worker => Task.Run(async () =>
        {
            List<double> milliseconds = [];
            int feed = worker;
            while (Stopwatch.GetTimestamp() < until)
            {
                long began = Stopwatch.GetTimestamp();
                FeedAppend append = Append(all[feed], heads[feed]++, payload);
                StoreStatus status = await store.AppendAsync(append, CancellationToken.None);
                if (status != StoreStatus.Ok)
                {
                    throw new InvalidOperationException($"an append ended with {status}");
                }

                milliseconds.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                feed = feed + inFlight < all.Length ? feed + inFlight : worker;
            }

            return milliseconds;
        })));
        return [.. workers.SelectMany(times => times)];
    }

    private static FeedAppend Append(FeedId feed, long head, byte[] payload)
    {
        var entry = new FeedEntry
        {
            Offset = head + 1,
            Timestamp = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            Payload = payload,
            PayloadKind = PayloadKind.Binary,
            Class = DeliveryClass.Reliable,
        };
        return new FeedAppend(feed, Epoch, head, head + 1, [entry], []);
    }

    private MeterListener Listen()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, this) && instrument.Name == "switchboard.storage.batches")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref _batches, value));
        listener.Start();
        return listener;
    }
}
