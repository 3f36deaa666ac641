namespace Switchboard.Protocol.Envelope.Events;

/// <summary>One message of a feed, live or in its history.</summary>
public readonly struct FeedMessage
{
    /// <summary>Its place in the feed, from 1; 0 for a volatile message, which has none.</summary>
    public required long Offset { get; init; }

    /// <summary>When it was accepted, in milliseconds since the Unix epoch.</summary>
    public required long Time { get; init; }

    /// <summary>The sender's user name; null, like the connection, for the server itself.</summary>
    public string? FromUser { get; init; }

    /// <summary>The sender's connection id.</summary>
    public string? FromConnection { get; init; }

    /// <summary>The delivery class.</summary>
    public MessageClass Class { get; init; }

    /// <summary>The slot with <see cref="MessageClass.Latest"/>, else null.</summary>
    public string? Slot { get; init; }

    /// <summary>One JSON value, at most <see cref="EnvelopeLimits.DataDepth"/> deep, or opaque bytes.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>What the data is.</summary>
    public DataKind DataKind { get; init; }
}
