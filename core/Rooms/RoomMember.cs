using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Rooms;

/// <summary>A member of a room. A struct, so that it costs no object of its own.</summary>
/// <param name="Shown">What presence shows of it.</param>
/// <param name="Edge">Where it receives the room; a default value while it is detached.</param>
/// <param name="Attachment">The connection's attachment that this is known from; older ones are ignored.</param>
/// <param name="Watches">Whether it is told of the others.</param>
/// <param name="JoinNumber">The connection's newest join that it is known from; leaves of older ones are ignored.</param>
internal readonly record struct RoomMember(PresenceMember Shown, EdgeId Edge, long Attachment, bool Watches, long JoinNumber)
{
    public bool IsAttached => Edge.Value is not null;

    /// <summary>One that goes on from what was saved of it.</summary>
    public static RoomMember Of(in RoomMemberState saved) => new(
        new PresenceMember(saved.User, saved.Connection, saved.State),
        saved.Edge ?? default,
        saved.Attachment,
        saved.Watches,
        saved.JoinNumber);

    /// <summary>All that is needed to go on elsewhere.</summary>
    public RoomMemberState Save() => new(
        Shown.User, Shown.Connection, Shown.State, IsAttached ? Edge : null, Attachment, Watches, JoinNumber);
}
