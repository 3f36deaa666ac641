using System.Diagnostics;
using Switchboard.GrainInterfaces.Rooms;
using Switchboard.GrainInterfaces.Tracing;

namespace Switchboard.Grains.Tracing;

/// <summary>The span of a silo: a batch in its room, until it is answered.</summary>
internal static class SiloTracing
{
    private static readonly ActivitySource Source = new("Switchboard.Silo");

    /// <summary>Begins a span; null where nobody listens, or nothing in the batch is traced.</summary>
    public static Activity? StartPublish(string room, PublishBatch batch)
    {
        Activity? span = RemoteSpan.Start(Source, "room publish", ActivityKind.Server, batch.Trace);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag("switchboard.room", room);
            span.SetTag("switchboard.messages", batch.Publications.Length);
        }

        return span;
    }
}
