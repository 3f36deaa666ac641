using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.Grains.Rooms.Logic;

/// <summary>What a member has published, for the room's logic to decide about.</summary>
/// <param name="User">Who.</param>
/// <param name="Connection">By which connection; it may have left meanwhile.</param>
/// <param name="Payload">What, as the client sent it: never to be trusted.</param>
/// <param name="PayloadKind">Whether that is JSON.</param>
public sealed record RoomInput(UserName User, ConnectionId Connection, ReadOnlyMemory<byte> Payload, PayloadKind PayloadKind)
{
    /// <summary>Reads JSON; false where it is none, or not of that type.</summary>
    public bool TryRead<T>(JsonTypeInfo<T> type, out T? value)
    {
        value = default;
        if (PayloadKind != PayloadKind.Json)
        {
            return false;
        }

        try
        {
            value = JsonSerializer.Deserialize(Payload.Span, type);
            return value is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
