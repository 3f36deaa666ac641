namespace Switchboard.Client;

/// <summary>How a message is published or sent.</summary>
public sealed record PublishOptions
{
    /// <summary>The default: reliable, and delivered to this client as well.</summary>
    internal static readonly PublishOptions Default = new();

    /// <summary>What happens when a receiver is behind.</summary>
    public Delivery Delivery { get; init; }

    /// <summary>With <see cref="Delivery.Latest"/>, and only then: what the message replaces the older ones of.</summary>
    public string? Slot { get; init; }

    /// <summary>
    /// By what a second sending of the same message is recognized, 1 to 64 bytes of UTF-8. A reliable message gets one
    /// where there is none; a volatile one can't have one.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>Whether this connection receives the message, too. Of a room only.</summary>
    public bool Echo { get; init; } = true;
}
