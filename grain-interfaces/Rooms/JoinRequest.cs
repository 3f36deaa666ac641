using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Rooms;

/// <summary>A connection that is to become a member of a room.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.join")]
public sealed class JoinRequest
{
    /// <summary>The connection.</summary>
    [Id(0)]
    public required ConnectionId Connection { get; init; }

    /// <summary>Whose it is.</summary>
    [Id(1)]
    public required UserName User { get; init; }

    /// <summary>Where it is attached; null while it is detached.</summary>
    [Id(2)]
    public required EdgeId? Edge { get; init; }

    /// <summary>The number of its attachment.</summary>
    [Id(3)]
    public required long Attachment { get; init; }

    /// <summary>What it has seen of the room's feed; null to begin from now.</summary>
    [Id(4)]
    public required Position? Position { get; init; }

    /// <summary>Whether it is told of the other members.</summary>
    [Id(5)]
    public required bool Watches { get; init; }

    /// <summary>Its presence state, a JSON object in UTF-8; empty for none.</summary>
    [Id(6)]
    public required ReadOnlyMemory<byte> State { get; init; }

    /// <summary>The number of this join of the connection; 0 where they are not counted.</summary>
    [Id(7)]
    public long JoinNumber { get; init; }
}
