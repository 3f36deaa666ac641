namespace Switchboard.Core.Storage;

/// <summary>An idempotency key that a feed remembers.</summary>
/// <param name="User">Who sent it; null for the server itself.</param>
/// <param name="Key">The key.</param>
/// <param name="Offset">The entry that it was sent with.</param>
/// <param name="Timestamp">When it was seen, in milliseconds since the Unix epoch.</param>
public readonly record struct StoredKey(string? User, string Key, long Offset, long Timestamp);
