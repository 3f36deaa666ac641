using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Switchboard.Client;

/// <summary>How a room is joined. It is joined in the same way again after a reconnect.</summary>
public sealed record JoinOptions
{
    /// <summary>The default: without presence.</summary>
    internal static readonly JoinOptions Default = new();

    /// <summary>Whether to be told of the other members.</summary>
    public bool Presence { get; init; }

    /// <summary>This member's presence state, a JSON object in UTF-8; empty for none.</summary>
    public ReadOnlyMemory<byte> State { get; init; }

    /// <summary>What was last seen of the room: what came since is delivered first. None: only what comes from now on.</summary>
    public Position From { get; init; }

    /// <summary>Gets a token for this room, for each join and when it is about to end; null for none.</summary>
    public Func<CancellationToken, ValueTask<string>>? Token { get; init; }

    /// <summary>The same with a presence state.</summary>
    public JoinOptions WithState<T>(T state, JsonTypeInfo<T> type) =>
        this with { State = JsonSerializer.SerializeToUtf8Bytes(state, type) };
}
