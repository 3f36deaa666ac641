namespace Switchboard.Core.Feeds;

/// <summary>Where a message of a history lies, and what of it needs no bytes.</summary>
/// <param name="Page">The page.</param>
/// <param name="At">Where its payload begins there; its slot follows.</param>
/// <param name="PayloadLength">Bytes of the payload.</param>
/// <param name="SlotLength">Bytes of the slot; 0 for none.</param>
/// <param name="Sender">The number of its sender in the page; -1 for the server itself.</param>
/// <param name="Timestamp">When it was accepted, in milliseconds since the Unix epoch.</param>
/// <param name="PayloadKind">What the payload is.</param>
/// <param name="Class">What may happen to it.</param>
/// <param name="ExceptSender">True when the sending connection is not to receive it.</param>
internal readonly record struct HistoryRecord(
    HistoryPage Page,
    int At,
    int PayloadLength,
    int SlotLength,
    int Sender,
    long Timestamp,
    PayloadKind PayloadKind,
    DeliveryClass Class,
    bool ExceptSender);
