using System.Diagnostics;
using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;

namespace Switchboard.Gateway.Tracing;

/// <summary>The span of a publish, from the client's command to its answer: the root of a trace.</summary>
internal sealed class PublishTracing(PublishSampling sampling)
{
    private static readonly ActivitySource Source = new("Switchboard.Gateway");

    /// <summary>
    /// Begins a span, which is the current one until <see cref="Leave"/>: the backplane is to find it there. Null where
    /// nobody listens, or this publish is not traced.
    /// </summary>
    /// <param name="room">The room.</param>
    /// <param name="connection">Who publishes.</param>
    /// <param name="outer">What was the current span before.</param>
    public Activity? Begin(RoomName room, ConnectionId connection, out Activity? outer)
    {
        outer = null;
        return Source.HasListeners() && sampling.Takes() ? BeginRoot(room.Value, connection.Value, out outer) : null;
    }

    /// <summary>The backplane has been called; what this thread does next is no part of the span.</summary>
    public static void Leave(Activity? outer) => Activity.Current = outer;

    /// <summary>The client is answered.</summary>
    public static void End(Activity span, in PublishResult result)
    {
        if (result.Status != BackplaneStatus.Ok)
        {
            span.SetStatus(ActivityStatusCode.Error, result.Status.ToString());
        }
        else if (span.IsAllDataRequested)
        {
            span.SetTag("switchboard.offset", result.Position.Offset);
        }

        Finish(span);
    }

    /// <summary>The backplane has failed.</summary>
    public static void Fail(Activity span, Exception failure)
    {
        span.SetStatus(ActivityStatusCode.Error, failure.Message);
        Finish(span);
    }

    // Its end makes its predecessor the current one, on a thread that may have another one by now.
    private static void Finish(Activity span)
    {
        Activity? current = Activity.Current;
        span.Dispose();
        Activity.Current = current;
    }

    // Without a socket of its own, a session lives in the span of some HTTP request, which nobody records: as a part of
    // that, nothing would be recorded either.
    private static Activity? BeginRoot(string room, string connection, out Activity? outer)
    {
        outer = Activity.Current;
        Activity.Current = null;
        if (Source.StartActivity("publish", ActivityKind.Server) is not { } span)
        {
            Leave(outer);
            return null;
        }

        if (span.IsAllDataRequested)
        {
            span.SetTag("switchboard.room", room);
            span.SetTag("switchboard.connection", connection);
        }

        return span;
    }
}
