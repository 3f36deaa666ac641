using Switchboard.Core.Feeds;
using Switchboard.GrainInterfaces.Edges;

namespace Switchboard.Node.Tests.Testing;

/// <summary>Hands over one delivery alone.</summary>
internal static class SinkExtensions
{
    /// <summary>Null where it was taken; else what the edge has seen of the feed.</summary>
    public static async Task<Position?> DeliverAsync(this IEdgeSink sink, Delivery delivery) =>
        (await sink.DeliverAsync(new DeliveryBatch { Deliveries = [delivery] })).Behind?[0];
}
