using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Connections;

/// <summary>What an edge knows of a connection that it holds: enough to bring it up anew.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.claim")]
public sealed class ConnectionClaim
{
    /// <summary>Whose it is.</summary>
    [Id(0)]
    public required UserName User { get; init; }

    /// <summary>The hash of its resume token.</summary>
    [Id(1)]
    public required TokenHash Token { get; init; }

    /// <summary>The edge.</summary>
    [Id(2)]
    public required EdgeId Edge { get; init; }

    /// <summary>The attachment that the edge holds.</summary>
    [Id(3)]
    public required long Attachment { get; init; }

    /// <summary>What the edge has seen of the user's feed.</summary>
    [Id(4)]
    public required Position UserSeen { get; init; }

    /// <summary>What it has seen of the connection's own feed.</summary>
    [Id(5)]
    public required Position OwnSeen { get; init; }

    /// <summary>The rooms that the connection is a member of, as far as the edge knows.</summary>
    [Id(6)]
    public required ClaimedRoom[] Rooms { get; init; }

    /// <summary>
    /// Further rooms, which a resume has named and the edge has not rejoined yet: nothing was seen of them here.
    /// </summary>
    [Id(8)]
    public RoomMembership[] Unseen { get; init; } = [];

    /// <summary>The turn that the attachment was made with; 0 for none.</summary>
    [Id(7)]
    public long Turn { get; init; }
}
