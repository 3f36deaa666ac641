using Switchboard.Core.Feeds;
using Switchboard.Grains.Metrics;
using Switchboard.GrainInterfaces.Edges;
using Switchboard.GrainInterfaces.Rooms;

namespace Switchboard.Grains.Edges;

/// <summary>
/// The way from this silo to one sink of an edge. The deliveries of all feeds and the answers of all rooms share it: one
/// call is in flight, the next one fills meanwhile, so that the busier it gets, the less a delivery costs.
/// </summary>
internal sealed class EdgeLink(IEdgeSink sink, SiloMetrics metrics)
{
    private const int MaxDeliveries = 256;
    private const long MaxBytes = 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<Waiting> _waiting = new();
    private readonly List<RoomPublished> _answers = [];
    private bool _isRunning;

    public IEdgeSink Sink => sink;

    /// <summary>Whether nothing is under way, nor waits.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                return !_isRunning;
            }
        }
    }

    /// <summary>Delivers. Null where it was taken; else what the edge has seen of the feed.</summary>
    public Task<Position?> DeliverAsync(Delivery delivery)
    {
        var waiting = new Waiting(delivery);
        bool starts;
        lock (_lock)
        {
            _waiting.Enqueue(waiting);
            starts = Start();
        }

        Run(starts);
        return waiting.Completion.Task;
    }

    /// <summary>Tells the edge what became of what it published. Once: without it the edge runs into its time-out.</summary>
    public void Answer(RoomPublished published)
    {
        bool starts;
        lock (_lock)
        {
            _answers.Add(published);
            starts = Start();
        }

        Run(starts);
    }

    private bool Start()
    {
        bool starts = !_isRunning;
        _isRunning = true;
        return starts;
    }

    private void Run(bool starts)
    {
        if (starts)
        {
            Task.Run(RunAsync).Ignore();
        }
    }

    private async Task RunAsync()
    {
        while (Take(out RoomPublished[]? answers) is { } batch)
        {
            long began = metrics.Begin();
            try
            {
                DeliveryAnswer answer = await sink.DeliverAsync(new DeliveryBatch
                {
                    Deliveries = [.. batch.Select(static waiting => waiting.Delivery)],
                    Published = answers,
                });
                for (int i = 0; i < batch.Count; i++)
                {
                    batch[i].Completion.TrySetResult(answer.Behind?[i]);
                }
            }
            catch (Exception exception)
            {
                // Each feed decides for itself what that means.
                batch.ForEach(waiting => waiting.Completion.TrySetException(exception));
            }

            metrics.Called(batch.Count, batch.Sum(static waiting => waiting.Delivery.Entries.Length), began);
        }
    }

    private List<Waiting>? Take(out RoomPublished[]? answers)
    {
        answers = null;
        lock (_lock)
        {
            if (_waiting.Count == 0 && _answers.Count == 0)
            {
                _isRunning = false;
                return null;
            }

            if (_answers.Count > 0)
            {
                answers = [.. _answers];
                _answers.Clear();
            }

            List<Waiting> batch = [];
            long bytes = 0;
            while (batch.Count < MaxDeliveries && bytes < MaxBytes && _waiting.TryDequeue(out Waiting? next))
            {
                batch.Add(next);
                foreach (FeedEntry entry in next.Delivery.Entries)
                {
                    bytes += entry.Payload.Length;
                }
            }

            return batch;
        }
    }

    private sealed class Waiting(Delivery delivery)
    {
        public Delivery Delivery => delivery;

        public TaskCompletionSource<Position?> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
