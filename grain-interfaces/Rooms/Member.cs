using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Rooms;

/// <summary>A member of a room, and where it is attached.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.member")]
public sealed class Member
{
    /// <summary>The connection.</summary>
    [Id(0)]
    public required ConnectionId Connection { get; init; }

    /// <summary>Whose it is.</summary>
    [Id(1)]
    public required UserName User { get; init; }

    /// <summary>Where it is attached.</summary>
    [Id(2)]
    public required EdgeId Edge { get; init; }

    /// <summary>The number of that attachment.</summary>
    [Id(3)]
    public required long Attachment { get; init; }

    /// <summary>Whether it is told of the other members.</summary>
    [Id(4)]
    public required bool Watches { get; init; }

    /// <summary>Its presence state, a JSON object in UTF-8; empty for none, or where it is not known.</summary>
    [Id(5)]
    public ReadOnlyMemory<byte> State { get; init; }

    /// <summary>The number of the connection's newest join; 0 where they are not counted.</summary>
    [Id(6)]
    public long JoinNumber { get; init; }
}
