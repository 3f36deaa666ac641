namespace Switchboard.Core.Feeds;

/// <summary>What a publisher asks to have appended to a feed.</summary>
/// <param name="Payload">The bytes; the publication owns them, nobody writes to them any more.</param>
/// <param name="PayloadKind">What the bytes are.</param>
/// <param name="Class">What may happen to the message when a receiver can't keep up.</param>
/// <param name="Slot">The slot of a <see cref="DeliveryClass.Latest"/> message, 1 to 64 bytes; else null.</param>
/// <param name="Key">
/// The idempotency key, 1 to 64 bytes, scoped to the sending user; null for none. Not allowed on
/// <see cref="DeliveryClass.Volatile"/>, which has no position to return.
/// </param>
/// <param name="Sender">Who sent it; null for the server itself.</param>
/// <param name="ExceptSender">True when the sending connection is not to receive it.</param>
public readonly record struct Publication(
    ReadOnlyMemory<byte> Payload,
    PayloadKind PayloadKind,
    DeliveryClass Class,
    string? Slot,
    string? Key,
    Sender? Sender,
    bool ExceptSender);
