using System.Diagnostics;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Rooms;
using Switchboard.GrainInterfaces.Edges;
using Switchboard.GrainInterfaces.Tracing;
using Switchboard.Node.Metrics;
using Switchboard.Node.Tracing;

namespace Switchboard.Node.Feeds;

/// <summary>Hands deliveries over to the edge: each entry once, in order, or a loss. Those of one feed come one at a time.</summary>
internal sealed class Deliveries(FeedCursors cursors, EdgePort port, NodeMetrics metrics)
{
    /// <summary>Null where the delivery was taken, or nobody is here for it; else what was seen of the feed.</summary>
    public Position? Take(Delivery delivery)
    {
        FeedId feed = delivery.Feed;
        if (!cursors.TryFind(feed, out FeedCursor? cursor))
        {
            return null;
        }

        Taking taking = cursor.Take(delivery);
        if (taking.Behind is { } seen)
        {
            metrics.Gap();
            return seen;
        }

        metrics.Delivered(taking.Entries.Count);
        Activity? span = NodeTracing.StartDelivery(delivery);
        HandOver(feed, delivery.Epoch, taking);
        RemoteSpan.End(span);
        return null;
    }

    private void HandOver(FeedId feed, Epoch epoch, in Taking taking)
    {
        IEdge edge = port.Edge;
        if (taking.Lost is { } lost)
        {
            edge.Lost(feed, lost);
        }

        if (taking.Presence.Count > 0 && feed.Kind == FeedKind.Room)
        {
            RoomName room = new(feed.Owner);
            foreach (PresenceChange change in taking.Presence)
            {
                edge.Presence(room, change);
            }
        }

        if (taking.Entries.Count > 0)
        {
            edge.Deliver(feed, epoch, taking.Entries);
        }

        if (taking.PassedOver > 0)
        {
            metrics.PassedOver(taking.PassedOver);
        }
    }
}
