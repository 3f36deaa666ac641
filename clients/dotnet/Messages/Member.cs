using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Switchboard.Client;

/// <summary>A member of a room.</summary>
/// <param name="User">Its user.</param>
/// <param name="ConnectionId">Its connection.</param>
/// <param name="State">Its presence state, a JSON object in UTF-8; empty for none.</param>
public sealed record Member(string User, string ConnectionId, ReadOnlyMemory<byte> State)
{
    /// <summary>The presence state as a value; the default where there is none.</summary>
    /// <exception cref="JsonException">The state is not such a value.</exception>
    public T? ReadState<T>(JsonTypeInfo<T> type) =>
        State.IsEmpty ? default : JsonSerializer.Deserialize(State.Span, type);

    /// <inheritdoc/>
    public bool Equals(Member? other) =>
        other is not null && User == other.User && ConnectionId == other.ConnectionId
        && State.Span.SequenceEqual(other.State.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(User, ConnectionId, State.Length);
}
