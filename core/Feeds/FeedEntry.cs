namespace Switchboard.Core.Feeds;

/// <summary>One message of a feed, immutable and shared by everyone it is delivered to.</summary>
public sealed class FeedEntry
{
    /// <summary>Its place in the feed, from 1; 0 for a volatile message, which has none.</summary>
    public required long Offset { get; init; }

    /// <summary>When it was accepted, in milliseconds since the Unix epoch.</summary>
    public required long Timestamp { get; init; }

    /// <summary>The message's bytes.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>What the bytes are.</summary>
    public required PayloadKind PayloadKind { get; init; }

    /// <summary>What may happen to it when a receiver can't keep up.</summary>
    public required DeliveryClass Class { get; init; }

    /// <summary>The slot of a latest-only message, else null.</summary>
    public string? Slot { get; init; }

    /// <summary>Who sent it; null for the server itself.</summary>
    public Sender? Sender { get; init; }

    /// <summary>True when the sending connection is not to receive it.</summary>
    public bool ExceptSender { get; init; }

    internal static FeedEntry Of(in Publication publication, long offset, long timestamp) => new()
    {
        Offset = offset,
        Timestamp = timestamp,
        Payload = publication.Payload,
        PayloadKind = publication.PayloadKind,
        Class = publication.Class,
        Slot = publication.Slot,
        Sender = publication.Sender,
        ExceptSender = publication.ExceptSender,
    };
}
