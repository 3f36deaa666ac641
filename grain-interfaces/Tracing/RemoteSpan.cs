using System.Diagnostics;

namespace Switchboard.GrainInterfaces.Tracing;

/// <summary>
/// Spans whose parent came with a call, as W3C's <c>traceparent</c>. None of them becomes the current one: what a node does
/// outlives the calls that set it off, and would carry them on.
/// </summary>
public static class RemoteSpan
{
    /// <summary>Begins a span; null where nobody listens, or there is no parent.</summary>
    public static Activity? Start(ActivitySource source, string name, ActivityKind kind, string? parent) =>
        parent is not null && source.HasListeners() && ActivityContext.TryParse(parent, null, isRemote: true, out ActivityContext context)
            ? Start(source, name, kind, context)
            : null;

    /// <summary>Begins a span.</summary>
    public static Activity? Start(
        ActivitySource source, string name, ActivityKind kind, ActivityContext parent, IEnumerable<ActivityLink>? links = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        Activity? current = Activity.Current;
        Activity? span = source.StartActivity(name, kind, parent, tags: null, links);
        Activity.Current = current;
        return span;
    }

    /// <summary>Ends a span, with an error where it has a problem.</summary>
    public static void End(Activity? span, string? problem = null)
    {
        if (span is null)
        {
            return;
        }

        if (problem is not null)
        {
            span.SetStatus(ActivityStatusCode.Error, problem);
        }

        // Its end makes its predecessor the current one, whatever that is by now.
        Activity? current = Activity.Current;
        span.Dispose();
        Activity.Current = current;
    }
}
