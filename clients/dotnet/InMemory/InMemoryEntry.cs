namespace Switchboard.Client.InMemory;

/// <summary>One message of a feed.</summary>
/// <param name="Offset">Its place; 0 for a volatile one.</param>
/// <param name="From">Who sent it.</param>
/// <param name="Time">When, in milliseconds since 1970.</param>
/// <param name="Class">Null for reliable.</param>
/// <param name="Slot">With latest.</param>
/// <param name="Data">The payload.</param>
/// <param name="IsBinary">Whether that is opaque bytes.</param>
internal sealed record InMemoryEntry(
    long Offset, InMemoryConnection From, long Time, string? Class, string? Slot, byte[] Data, bool IsBinary);
