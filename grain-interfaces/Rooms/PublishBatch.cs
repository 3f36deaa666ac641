using Switchboard.Core.Feeds;

namespace Switchboard.GrainInterfaces.Rooms;

/// <summary>Messages that are published to a room in one call. Over the wire they are one array of bytes.</summary>
[Immutable]
public sealed class PublishBatch
{
    /// <summary>The messages, at least one.</summary>
    public required Publication[] Publications { get; init; }

    /// <summary>The span that called, as W3C's <c>traceparent</c>; null where the batch is not traced.</summary>
    public string? Trace { get; init; }

    /// <summary>Which of the messages is traced, where one is.</summary>
    public int Traced { get; init; }
}
