using System.Diagnostics;
using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Edges;
using Switchboard.GrainInterfaces.Tracing;
using Switchboard.Node.Rooms;

namespace Switchboard.Node.Tracing;

/// <summary>The spans of an edge in a cluster: a batch on its way to a room, and a delivery that came from one.</summary>
internal static class NodeTracing
{
    private static readonly ActivitySource Source = new("Switchboard.Node");

    /// <summary>The span that a publish is part of; null where nobody listens, or it is not traced.</summary>
    public static Activity? Current => Source.HasListeners() && Activity.Current is { Recorded: true } span ? span : null;

    /// <summary>Begins the span of a batch: a part of its first message that is traced, linked to the others.</summary>
    /// <param name="room">The room.</param>
    /// <param name="batch">The messages.</param>
    /// <param name="traced">Which of them is the first one.</param>
    public static Activity? StartBatch(RoomName room, PendingPublish[] batch, out int traced)
    {
        traced = Source.HasListeners() ? Array.FindIndex(batch, static pending => pending.Span is not null) : -1;
        if (traced < 0)
        {
            return null;
        }

        List<ActivityLink> links = [];
        for (int i = traced + 1; i < batch.Length; i++)
        {
            if (batch[i].Span is { } other)
            {
                links.Add(new ActivityLink(other.Context));
            }
        }

        Activity? span = RemoteSpan.Start(
            Source, "publish batch", ActivityKind.Client, batch[traced].Span!.Context, links);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag("switchboard.room", room.Value);
            span.SetTag("switchboard.messages", batch.Length);
        }

        return span;
    }

    /// <summary>Begins the span of a delivery; null where nothing in it is traced.</summary>
    public static Activity? StartDelivery(Delivery delivery)
    {
        Activity? span = RemoteSpan.Start(Source, "deliver", ActivityKind.Consumer, delivery.Trace);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag("switchboard.room", delivery.Feed.Owner);
            span.SetTag("switchboard.messages", delivery.Entries.Length);
        }

        return span;
    }
}
