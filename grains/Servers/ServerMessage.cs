using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Switchboard.Core.Feeds;

namespace Switchboard.Grains.Servers;

/// <summary>A message that the server publishes or sends.</summary>
public sealed class ServerMessage
{
    private ServerMessage(ReadOnlyMemory<byte> payload, PayloadKind kind)
    {
        Payload = payload;
        Kind = kind;
    }

    /// <summary>What may happen to it when a receiver can't keep up.</summary>
    public DeliveryClass Class { get; private init; } = DeliveryClass.Reliable;

    /// <summary>With <see cref="DeliveryClass.Latest"/>: what it is the newest of, 1 to 64 bytes; else null.</summary>
    public string? Slot { get; private init; }

    /// <summary>
    /// The idempotency key, 1 to 64 bytes; null for none. With it, a message that is published again is not published twice.
    /// </summary>
    public string? Key { get; init; }

    internal ReadOnlyMemory<byte> Payload { get; }

    internal PayloadKind Kind { get; }

    /// <summary>A message that every receiver gets, or hears of as lost.</summary>
    public static ServerMessage Json<T>(T value, JsonTypeInfo<T> type) =>
        new(JsonSerializer.SerializeToUtf8Bytes(value, type), PayloadKind.Json);

    /// <summary>A message that every receiver gets, of bytes.</summary>
    public static ServerMessage Binary(ReadOnlyMemory<byte> bytes) => new(bytes, PayloadKind.Binary);

    /// <summary>The same message, of which a receiver that is behind gets only the newest of its slot.</summary>
    public ServerMessage AsLatest(string slot) => new(Payload, Kind) { Class = DeliveryClass.Latest, Slot = slot, Key = Key };

    /// <summary>The same message, which a receiver that is behind does not get.</summary>
    public ServerMessage AsVolatile() => new(Payload, Kind) { Class = DeliveryClass.Volatile };

    internal Publication ToPublication() => new(Payload, Kind, Class, Slot, Key, Sender: null, ExceptSender: false);
}
