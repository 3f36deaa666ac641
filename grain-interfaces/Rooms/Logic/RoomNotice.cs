using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms;
using Switchboard.Core.Rooms.Logic;

namespace Switchboard.GrainInterfaces.Rooms.Logic;

/// <summary>Something that a room tells its logic.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.room-notice")]
public sealed class RoomNotice
{
    /// <summary>What.</summary>
    [Id(0)]
    public required NoticeKind Kind { get; init; }

    /// <summary>Who has joined or left; null with an input.</summary>
    [Id(1)]
    public PresenceMember? Member { get; init; }

    /// <summary>What a member has published; null where it is no input.</summary>
    [Id(2)]
    public Publication? Input { get; init; }
}
