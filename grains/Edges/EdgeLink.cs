using Switchboard.Core.Feeds;
using Switchboard.GrainInterfaces.Edges;

namespace Switchboard.Grains.Edges;

/// <summary>
/// The way from this silo to one sink of an edge. The deliveries of all feeds share it: one call is in flight, the next
/// one fills meanwhile, so that the busier it gets, the less a delivery costs.
/// </summary>
internal sealed class EdgeLink(IEdgeSink sink)
{
    private const int MaxDeliveries = 256;
    private const long MaxBytes = 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<Waiting> _waiting = new();
    private bool _isRunning;

    public IEdgeSink Sink => sink;

    /// <summary>Delivers. Null where it was taken; else what the edge has seen of the feed.</summary>
    public Task<Position?> DeliverAsync(Delivery delivery)
    {
        var waiting = new Waiting(delivery);
        lock (_lock)
        {
            _waiting.Enqueue(waiting);
            if (_isRunning)
            {
                return waiting.Completion.Task;
            }

            _isRunning = true;
        }

        Task.Run(RunAsync).Ignore();
        return waiting.Completion.Task;
    }

    private async Task RunAsync()
    {
        while (Take() is { } batch)
        {
            try
            {
                DeliveryAnswer answer = await sink.DeliverAsync(
                    new DeliveryBatch { Deliveries = [.. batch.Select(static waiting => waiting.Delivery)] });
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
        }
    }

    private List<Waiting>? Take()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                _isRunning = false;
                return null;
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
